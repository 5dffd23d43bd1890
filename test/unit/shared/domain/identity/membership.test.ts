import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  customerOf,
  join,
  type Member,
  type Membership,
  MOST_PROFILES,
} from '../../../../../shared/domain/identity/membership.ts';
import { profile } from '../../../../builders/an-event.ts';

const one = (name: string, kind: string, since: string): Member => ({ id: profile(name, kind), since });
const letter = (n: number): string => String.fromCharCode(97 + (n % 26)).repeat(1 + Math.floor(n / 26));
const many = (count: number, prefix: string): Membership => {
  const [first, ...rest] = Array.from({ length: count }, (_, n) =>
    one(`${prefix}${letter(n)}`, 'device', `2026-01-${String(n + 10)}`),
  );
  if (first === undefined) throw new RangeError('none');
  return [first, ...rest];
};

const ada = one('ada', 'member', '2026-02-01');
const adasPhone = one('ada', 'phone', '2026-01-01');
const bob = one('bob', 'member', '2025-01-01');

describe('joining two customers', () => {
  it('orders their profiles by age, and the oldest gives the id', () => {
    const joined = join([ada], [adasPhone]);

    expect(joined).toEqual({ status: 'joined', membership: [adasPhone, ada] });
    expect(joined.status === 'joined' && customerOf(joined.membership)).toBe(adasPhone.id);
  });

  it('of one age goes by their ids', () => {
    const other = { ...adasPhone, since: ada.since };

    expect(join([ada], [other])).toEqual({ status: 'joined', membership: [ada, other] });
    expect(join([other], [ada])).toEqual({ status: 'joined', membership: [ada, other] });
  });

  it('that are one already changes nothing', () => {
    expect(join([adasPhone, ada], [ada])).toEqual({ status: 'same' });
    expect(join([ada], [ada])).toEqual({ status: 'same' });
  });

  it('with a member number each is refused, directly and by way of a phone', () => {
    expect(join([ada], [bob])).toEqual({ status: 'refused', reason: 'two-members' });
    expect(join([adasPhone, ada], [bob])).toEqual({ status: 'refused', reason: 'two-members' });
  });

  it('goes up to the largest number of profiles and refuses the one beyond', () => {
    expect(join(many(MOST_PROFILES - 1, 'x'), [ada])).toMatchObject({ status: 'joined' });
    expect(join(many(MOST_PROFILES, 'x'), [ada])).toEqual({ status: 'refused', reason: 'too-many-profiles' });
  });

  it('gives the same customer from either side', () => {
    const size = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(size, size, (a, b) => {
        expect(join(many(a, 'x'), many(b, 'y'))).toEqual(join(many(b, 'y'), many(a, 'x')));
      }),
    );
  });
});
