import { describe, expect, it } from 'vitest';
import { recentKeys } from '../../../../../shared/application/ingest/recent-keys.ts';

describe('the names of the latest events', () => {
  it('are remembered up to a number, the oldest forgotten first', () => {
    const recent = recentKeys(3);

    recent.remember(['a', 'b'], '1');
    recent.remember(['c', 'd'], '2');

    expect(['a', 'b', 'c', 'd'].map(recent.digestOf)).toEqual([undefined, '1', '2', '2']);
  });
});
