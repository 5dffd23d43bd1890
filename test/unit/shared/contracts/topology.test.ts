import { describe, expect, it } from 'vitest';
import { hears } from '../../../../shared/contracts/topology.ts';

describe('a consumer that says what it is about', () => {
  it.each([
    ['events.accepted', { about: 'tills' }, true],
    ['events.accepted', {}, false],
    ['events.accepted', { about: 'browsing' }, false],
    ['campaign.shard-due', { about: 'tills' }, false],
  ])('of %s with %j hears: %s', (name, detail, expected) => {
    expect(hears('ingest/watch-feeds', name, detail)).toBe(expected);
  });
});

it('a consumer that says nothing of it hears all of its messages', () => {
  expect(hears('customers/fold-events', 'events.accepted', {})).toBe(true);
  expect(hears('customers/fold-events', 'events.accepted', { about: 'tills' })).toBe(true);
});
