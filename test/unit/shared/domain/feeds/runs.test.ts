import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countOf,
  gapsOf,
  MOST_A_DAY,
  MOST_AT_MIDNIGHT,
  MOST_RUNS,
  noRuns,
  oneNumber,
  type Runs,
  uniteRuns,
} from '../../../../../shared/domain/feeds/runs.ts';
import type { Day } from '../../../../../shared/domain/kernel/day.ts';

const day = (number: number): Day => number as Day;

const came = (...numbers: readonly (readonly [number: number, day: number])[]): Runs =>
  uniteRuns(noRuns, { floor: 0, list: numbers.map(([number, on]) => oneNumber(number, day(on))) });

const range = (from: number, to: number, on = 0) =>
  Array.from({ length: to - from + 1 }, (_, index) => [from + index, on] as const);

const gaps = (runs: Runs) => gapsOf(runs).map(({ from, to }) => [from, to]);

/** Numbers of a few days, of which some may come twice with another day. */
const numbers = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 4 })), { maxLength: 40 })
  .map((some) => came(...some));

describe('numbers that came', () => {
  it('are a union: grouping, order and repetition change nothing', () => {
    fc.assert(
      fc.property(numbers, numbers, numbers, (a, b, c) => {
        expect(uniteRuns(a, b)).toEqual(uniteRuns(b, a));
        expect(uniteRuns(uniteRuns(a, b), c)).toEqual(uniteRuns(a, uniteRuns(b, c)));
        expect(uniteRuns(a, a)).toEqual(a);
        expect(uniteRuns(a, noRuns)).toEqual(a);
      }),
    );
  });

  it('leave exactly those missing that lie between and did not come', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 1 }), (some) => {
        const missing = gapsOf(came(...some.map((number) => [number, 0] as const)));
        const named = missing.flatMap(({ from, to }) => range(from, to).map(([number]) => number));
        const expected = range(Math.min(...some), Math.max(...some))
          .map(([number]) => number)
          .filter((number) => !some.includes(number));
        expect(named).toEqual(expected);
        expect(countOf(missing)).toBe(expected.length);
      }),
    );
  });

  it('of a till that was offline for weeks are all missed', () => {
    const runs = came(...range(1, 5, 0), ...range(40_000, 40_002, 40));

    expect(gaps(runs)).toEqual([[6, 39_999]]);
  });

  it.each([
    ['a new till counts from 1 again', came(...range(9_000, 9_010, 3), ...range(1, 5, 9))],
    ['a counter began anew overnight', came(...range(950, 999, 3), ...range(1, 40, 4))],
    ['a counter that ends at 999 begins anew', came(...range(899, 999, 3), ...range(1, 797, 4))],
    ['a counter jumps by more than a till can write', came([1, 3], [MOST_A_DAY * 3, 3])],
  ])('are not missed where %s', (_what, runs) => {
    expect(gaps(runs)).toEqual([]);
  });

  it('may lie on the wrong side of midnight', () => {
    expect(gaps(came([1, 5], [4, 4]))).toEqual([[2, 3]]);
    expect(gaps(came([1, 5], [MOST_AT_MIDNIGHT + 2, 4]))).toHaveLength(1);
  });

  it('are remembered within bounds: the oldest holes are given up, and do not open again', () => {
    const everySecond = came(...Array.from({ length: MOST_RUNS + 10 }, (_, n) => [2 * n + 2, 0] as const));

    const later = uniteRuns(everySecond, came([3, 0]));

    expect(everySecond.list).toHaveLength(MOST_RUNS);
    expect(gaps(everySecond)).toHaveLength(MOST_RUNS - 1);
    expect(later).toEqual(everySecond);
  });
});
