import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  combineHistories,
  DAYS_KEPT,
  noHistory,
  type PurchaseHistory,
} from '../../../../../shared/domain/customers/history.ts';
import {
  type Features,
  featuresAsOf,
  purchasedWithin,
} from '../../../../../shared/domain/insight/features.ts';
import type { Day } from '../../../../../shared/domain/kernel/day.ts';
import { daysAgo, historyOf, TODAY } from './synthetic.ts';

describe('a customer with three order days and a return', () => {
  const history = historyOf(
    { ago: 200, sales: 5_000 },
    { ago: 100, orders: 2, sales: 3_000 },
    { ago: 20, sales: 2_000 },
    { ago: 10, orders: 0, sales: 0, returns: 500 },
  );

  it('is described as of today', () => {
    expect(featuresAsOf(history, TODAY)).toEqual({
      recency: 20,
      age: 200,
      orderDays: 3,
      orders: 4,
      gross: 10_000,
      returned: 500,
      net: 9_500,
      meanGap: 90,
      lastGap: 80,
      overRhythm: 20 / 90,
      last30: { orders: 1, net: 1_500 },
      last90: { orders: 1, net: 1_500 },
      last180: { orders: 3, net: 4_500 },
      trend: -1,
      returnsShare: 0.05,
    } satisfies Features);
  });

  it('is described as of an earlier day by what was known then', () => {
    expect(featuresAsOf(history, daysAgo(15))).toMatchObject({
      recency: 5,
      net: 10_000,
      returned: 0,
      returnsShare: 0,
    });
    expect(featuresAsOf(history, daysAgo(150))).toEqual({
      recency: 50,
      age: 50,
      orderDays: 1,
      orders: 1,
      gross: 5_000,
      returned: 0,
      net: 5_000,
      last30: { orders: 0, net: 0 },
      last90: { orders: 1, net: 5_000 },
      last180: { orders: 1, net: 5_000 },
      trend: 1,
      returnsShare: 0,
    } satisfies Features);
  });

  it('had nothing to describe before the first order', () => {
    expect(featuresAsOf(history, daysAgo(201))).toBeUndefined();
    expect(featuresAsOf(history, daysAgo(200))?.recency).toBe(0);
  });

  it('bought within a window that excludes its first day and includes its last', () => {
    expect(purchasedWithin(history, daysAgo(100), daysAgo(21))).toBe(false);
    expect(purchasedWithin(history, daysAgo(101), daysAgo(21))).toBe(true);
    expect(purchasedWithin(history, daysAgo(100), daysAgo(20))).toBe(true);
  });

  it('did not buy by returning something', () => {
    expect(purchasedWithin(history, daysAgo(19), TODAY)).toBe(false);
  });
});

describe('windows of days', () => {
  it('hold 30, 90 and 180 days with the day itself', () => {
    const history = historyOf(0, 29, 30, 89, 90, 179, 180);
    const features = featuresAsOf(history, TODAY);

    expect([features?.last30.orders, features?.last90.orders, features?.last180.orders]).toEqual([2, 4, 6]);
  });
});

describe('odd customers', () => {
  it('who only returned never bought', () => {
    expect(featuresAsOf(historyOf({ ago: 5, orders: 0, sales: 0, returns: 900 }), TODAY)).toBeUndefined();
  });

  it('who returned more than was sold share out no more than everything', () => {
    expect(featuresAsOf(historyOf({ ago: 5, sales: 100, returns: 900 }), TODAY)).toMatchObject({
      returnsShare: 1,
      net: -800,
    });
  });

  it('who were given everything have no share of returns', () => {
    expect(featuresAsOf(historyOf({ ago: 5, sales: 0, returns: 10 }), TODAY)?.returnsShare).toBe(0);
  });
});

describe('histories that let old days go', () => {
  const longHistory = historyOf({ ago: 900, sales: 700 }, { ago: 500, orders: 2, returns: 50 }, 120, 5);

  it('keep their sums and order days', () => {
    expect(longHistory.older.orderDays).toHaveLength(2);
    expect(featuresAsOf(longHistory, TODAY)).toMatchObject({
      age: 900,
      orderDays: 4,
      orders: 5,
      gross: 4_700,
      returned: 50,
    });
    expect(featuresAsOf(longHistory, daysAgo(150))).toMatchObject({
      recency: 350,
      lastGap: 400,
      orders: 3,
      net: 2_650,
    });
  });

  it('give no answer for a day whose longest window reaches beyond what is kept singly', () => {
    const newest = 5;
    expect(featuresAsOf(longHistory, daysAgo(newest + DAYS_KEPT - 180))?.orderDays).toBe(2);
    expect(featuresAsOf(longHistory, daysAgo(newest + DAYS_KEPT - 179))).toBeUndefined();
  });

  it('answer from sums alone where nothing else is left', () => {
    const { older } = longHistory;

    expect(featuresAsOf({ days: [], older }, TODAY)).toMatchObject({ recency: 500, orderDays: 2, orders: 3 });
  });

  it('still know whether there was an order', () => {
    expect(purchasedWithin(longHistory, daysAgo(901), daysAgo(850))).toBe(true);
    expect(purchasedWithin(longHistory, daysAgo(900), daysAgo(501))).toBe(false);
  });
});

interface Movement {
  readonly ago: number;
  readonly orders: number;
  readonly sales: number;
  readonly returns: number;
}

/** The features of a list of movements, worked out the slow way. */
function bruteForce(movements: readonly Movement[], ago: number): Partial<Features> | undefined {
  const known = movements.filter((movement) => movement.ago >= ago);
  const orderDays = [
    ...new Set(known.filter(({ orders }) => orders > 0).map((movement) => movement.ago)),
  ].sort((a, b) => a - b);
  const [last, first] = [orderDays[0], orderDays.at(-1)];
  if (last === undefined || first === undefined) return undefined;
  const sum = (of: (movement: Movement) => number, days = Number.POSITIVE_INFINITY): number =>
    known
      .filter((movement) => movement.ago < ago + days)
      .reduce((total, movement) => total + of(movement), 0);
  const window = (days: number) => ({
    orders: sum(({ orders }) => orders, days),
    net: sum(({ sales, returns }) => sales - returns, days),
  });
  return {
    recency: last - ago,
    age: first - ago,
    orderDays: orderDays.length,
    orders: sum(({ orders }) => orders),
    gross: sum(({ sales }) => sales),
    returned: sum(({ returns }) => returns),
    last30: window(30),
    last90: window(90),
    last180: window(180),
  };
}

const movement: fc.Arbitrary<Movement> = fc.record({
  ago: fc.integer({ min: 0, max: 700 }),
  orders: fc.integer({ min: 0, max: 2 }),
  sales: fc.integer({ min: 0, max: 5_000 }),
  returns: fc.integer({ min: 0, max: 900 }),
});

describe('features of any history on any day that it reaches back to', () => {
  it('are those of the plain list of what happened', () => {
    fc.assert(
      fc.property(
        fc.array(movement, { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 0, max: 219 }),
        (movements, ago) => {
          const newest = Math.min(...movements.map((one) => one.ago));
          const shifted = movements.map((one) => ({ ...one, ago: one.ago - newest }));
          const expected = bruteForce(shifted, ago);
          const features = featuresAsOf(historyOf(...shifted), daysAgo(ago));

          if (expected === undefined) expect(features).toBeUndefined();
          else expect(features).toMatchObject(expected);
        },
      ),
    );
  });

  it('do not depend on what came later', () => {
    fc.assert(
      fc.property(
        fc.array(movement, { minLength: 1, maxLength: 15 }),
        fc.integer({ min: 1, max: 150 }),
        (movements, ago) => {
          const earlier = movements.filter((one) => one.ago >= ago && one.ago < ago + 200);
          const later: PurchaseHistory = movements
            .filter((one) => one.ago < ago)
            .reduce<PurchaseHistory>((sum, one) => combineHistories(sum, historyOf(one)), noHistory);
          const known = historyOf(...earlier);

          expect(featuresAsOf(combineHistories(known, later), daysAgo(ago))).toEqual(
            featuresAsOf(known, daysAgo(ago)),
          );
        },
      ),
    );
  });

  it('are absent from an empty history', () => {
    expect(featuresAsOf(noHistory, TODAY)).toBeUndefined();
    expect(purchasedWithin(noHistory, 0 as Day, TODAY)).toBe(false);
  });
});
