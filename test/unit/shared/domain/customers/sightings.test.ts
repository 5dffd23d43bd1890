import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  combineSightings,
  isCounted,
  MOST_SIGHTINGS,
  newSightings,
  type Sightings,
} from '../../../../../shared/domain/customers/sightings.ts';
import { aSale, profile } from '../../../../builders/an-event.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz';
const nth = (n: number) => profile(`${letters[Math.floor(n / 26)]}${letters[n % 26]}`, 'phone');
/** So many phones, the nth seen at `at(n)`. */
const seen = (count: number, at: (n: number) => number): Sightings =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [nth(n), at(n)]));

describe('a card that a whole town uses', () => {
  it('keeps the earliest of those it was seen with, and no more than its record can hold', () => {
    const town = seen(MOST_SIGHTINGS + 10, (n) => 1_000 - n);

    const kept = combineSightings({}, town);

    expect(Object.keys(kept)).toHaveLength(MOST_SIGHTINGS);
    expect(kept).not.toHaveProperty(nth(9));
    expect(kept).toHaveProperty(nth(10));
  });

  it('seen with all of them in one instant keeps the lesser ids', () => {
    const town = Object.entries(seen(MOST_SIGHTINGS + 1, () => 7));
    const kept = seen(MOST_SIGHTINGS, () => 7);

    for (const told of [town, town.toReversed()])
      expect(combineSightings({}, Object.fromEntries(told))).toEqual(kept);
  });

  it('keeps the same whatever the order, the grouping and the repeats', () => {
    const some = fc
      .array(fc.tuple(fc.nat(MOST_SIGHTINGS * 2), fc.nat(3)), { maxLength: 70 })
      .map((all): Sightings => Object.fromEntries(all.map(([n, at]) => [nth(n), at])));
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        const once = combineSightings(combineSightings(a, b), c);
        expect(combineSightings(c, combineSightings(b, combineSightings(a, b)))).toEqual(once);
      }),
    );
  });
});

describe('what an event shows', () => {
  const at = '2026-03-14T10:15:00.000Z';
  const [phone, email] = [profile('ada', 'phone'), profile('ada', 'email')];

  it('is new where nobody saw it, or only later', () => {
    const event = aSale(1, { linked: [phone, email], occurredAt: at });
    const time = Date.parse(at);

    expect(newSightings({ [phone]: time, [email]: time + 1 }, event)).toEqual([[email, time]]);
    expect(newSightings({}, aSale(1))).toEqual([]);
  });
});

describe('a record that is audited', () => {
  const [phone, email] = [profile('zoe', 'phone'), profile('zoe', 'email')];

  it.each([
    ['holds what its facts show', { [phone]: 10 }, true],
    ['holds it from an earlier time, by what was let go since', { [phone]: 5 }, true],
    ['lacks one of them', { [email]: 10 }, false],
    ['holds it from too late a time', { [phone]: 11 }, false],
    ['is full, and lost it to what was seen earlier', seen(MOST_SIGHTINGS, () => 1), true],
  ])('%s', (_what, counted: Sightings, expected) => {
    expect(isCounted({ [phone]: 10 }, counted)).toBe(expected);
  });
});
