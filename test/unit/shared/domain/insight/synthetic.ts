import {
  combineHistories,
  noHistory,
  type PurchaseHistory,
} from '../../../../../shared/domain/customers/history.ts';
import type { Observation } from '../../../../../shared/domain/insight/night-statistics.ts';
import { type Day, dayFromIso } from '../../../../../shared/domain/kernel/day.ts';

export const TODAY: Day = dayFromIso('2026-06-30');

export const daysAgo = (count: number): Day => (TODAY - count) as Day;

export type DaySpec =
  | number
  | { readonly ago: number; readonly orders?: number; readonly sales?: number; readonly returns?: number };

/** A history of days: how many days ago, and what happened then; one order of 10.00 unless told otherwise. */
export const historyOf = (...days: readonly DaySpec[]): PurchaseHistory =>
  days
    .map((entry) => (typeof entry === 'number' ? { ago: entry } : entry))
    .map(({ ago, orders = 1, sales = orders * 1_000, returns = 0 }) => ({
      ...noHistory,
      days: [{ day: daysAgo(ago), orders, sales, returns }],
    }))
    .reduce<PurchaseHistory>(combineHistories, noHistory);

/** Marsaglia's xorshift with 32 bits: the same numbers on every machine. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/**
 * Customers of a shop: each has an own pace and an own chance to stay away for good after a purchase, and came
 * on some day of the last two years. Quick and faithful ones are the same ones, so that churn can be foreseen.
 */
export function shopCustomers(count: number, seed = 1): Observation[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, index) => {
    const faithful = random();
    const gap = 10 + 80 * (1 - faithful) * (0.5 + random());
    const leaves = 0.02 + 0.25 * (1 - faithful);
    const days: number[] = [];
    let ago = Math.floor(random() * 700);
    while (ago >= 0) {
      days.push(ago);
      if (random() < leaves) break;
      ago -= Math.max(1, Math.round(-Math.log(1 - random()) * gap));
    }
    const spend = 500 + Math.round(6_000 * random() ** 2);
    const history = historyOf(
      ...days.map((day) => ({ ago: day, sales: Math.round(spend * (0.5 + random())) })),
    );
    return { id: `member_${seed}_${index}`, history };
  });
}
