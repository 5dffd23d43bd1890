import { describe, expect, it } from 'vitest';
import { earlierReferral, type Referral } from '../../../../../shared/domain/customers/relations.ts';
import { profile } from '../../../../builders/an-event.ts';

const [EARLY, LATE] = ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'];
const by = (name: string, at: string): Referral => ({ by: profile(name), at });

describe('of two who brought a customer', () => {
  it.each([
    ['the earlier one counts', by('bea', EARLY), by('ada', LATE), 'bea'],
    ['in one instant the lesser id counts', by('ada', EARLY), by('bea', EARLY), 'ada'],
  ])('%s, whoever is told first', (_what, one, other, expected) => {
    expect(earlierReferral(one, other)?.by).toBe(profile(expected));
    expect(earlierReferral(other, one)?.by).toBe(profile(expected));
  });

  it('where only one is known, that one counts', () => {
    const known = by('ada', LATE);

    expect([earlierReferral(known, undefined), earlierReferral(undefined, known)]).toEqual([known, known]);
  });
});
