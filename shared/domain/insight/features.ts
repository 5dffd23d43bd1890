import { DAYS_KEPT, type PurchaseHistory } from '../customers/history.ts';
import { type Day, daysBefore } from '../kernel/day.ts';
import type { Minor } from '../kernel/money.ts';

/** Orders and net amount of the days of one window. */
export interface Activity {
  readonly orders: number;
  readonly net: Minor;
}

/** What was known of a customer's purchases at the close of one day. Times in days, money in minor units. */
export interface Features {
  /** Days since the last order. */
  readonly recency: number;
  /** Days since the first order. */
  readonly age: number;
  /** Distinct days with orders. */
  readonly orderDays: number;
  readonly orders: number;
  readonly gross: Minor;
  readonly returned: Minor;
  readonly net: Minor;
  /** Mean days from one order day to the next, and those between the last two; absent with one order day. */
  readonly meanGap?: number;
  readonly lastGap?: number;
  /** Recency over the mean gap: 2 is twice as long as usual. */
  readonly overRhythm?: number;
  readonly last30: Activity;
  readonly last90: Activity;
  readonly last180: Activity;
  /** Orders of the last 90 days less those of the 90 days before. */
  readonly trend: number;
  /** Returned over gross, 0 to 1. */
  readonly returnsShare: number;
}

/** The longest window reaches back this far. */
const LONGEST_WINDOW = 180;

/**
 * Undefined where there was no order up to that day, and where the day lies so far back that the history
 * has let go of what its windows would need: no answer rather than a wrong one.
 */
export function featuresAsOf(history: PurchaseHistory, day: Day): Features | undefined {
  if (!reachesBack(history, day)) return undefined;
  const rhythm = rhythmAsOf(history, day);
  if (rhythm === undefined) return undefined;
  const { first, last, previous, orderDays } = rhythm;
  const { orders, gross, returned, last30, last90, last180 } = amountsAsOf(history, day);

  const recency = day - last;
  const amounts = {
    recency,
    age: day - first,
    orderDays,
    orders,
    gross,
    returned,
    net: gross - returned,
    last30,
    last90,
    last180,
    trend: 2 * last90.orders - last180.orders,
    returnsShare: gross > 0 ? Math.min(1, returned / gross) : 0,
  };
  if (orderDays === 1) return amounts;
  const meanGap = (last - first) / (orderDays - 1);
  return { ...amounts, meanGap, lastGap: last - previous, overRhythm: recency / meanGap };
}

/** Was there an order after the first day and up to the second? */
export const purchasedWithin = (history: PurchaseHistory, afterDay: Day, upToDay: Day): boolean =>
  history.days.some(({ day, orders }) => orders > 0 && day > afterDay && day <= upToDay) ||
  history.older.orderDays.some(({ day }) => day > afterDay && day <= upToDay);

/** Sums of older days cannot be taken apart again, so the longest window must lie within the days kept singly. */
function reachesBack({ days, older }: PurchaseHistory, day: Day): boolean {
  if (older.orders === 0 && older.sales === 0 && older.returns === 0) return true;
  const newest = days.at(-1)?.day ?? day;
  return daysBefore(day, LONGEST_WINDOW) >= daysBefore(newest, DAYS_KEPT);
}

interface Rhythm {
  first: Day;
  last: Day;
  /** The order day before the last one; the first one where there is only one. */
  previous: Day;
  orderDays: number;
}

/** Older order days all lie before those kept singly, so one walk meets them in order. */
function rhythmAsOf({ days, older }: PurchaseHistory, until: Day): Rhythm | undefined {
  let rhythm: Rhythm | undefined;
  const meet = (day: Day): void => {
    if (rhythm === undefined) {
      rhythm = { first: day, last: day, previous: day, orderDays: 1 };
    } else {
      rhythm.previous = rhythm.last;
      rhythm.last = day;
      rhythm.orderDays += 1;
    }
  };
  for (const { day } of older.orderDays) if (day <= until) meet(day);
  for (const { day, orders } of days) if (orders > 0 && day <= until) meet(day);
  return rhythm;
}

function amountsAsOf({ days, older }: PurchaseHistory, until: Day) {
  let { orders, sales: gross, returns: returned } = older;
  const last30 = { orders: 0, net: 0 };
  const last90 = { orders: 0, net: 0 };
  const last180 = { orders: 0, net: 0 };
  for (const { day, orders: begun, sales, returns } of days) {
    if (day > until) break;
    orders += begun;
    gross += sales;
    returned += returns;
    const ago = until - day;
    if (ago < 30) add(last30, begun, sales - returns);
    if (ago < 90) add(last90, begun, sales - returns);
    if (ago < LONGEST_WINDOW) add(last180, begun, sales - returns);
  }
  return { orders, gross, returned, last30, last90, last180 };
}

const add = (window: { orders: number; net: Minor }, orders: number, net: Minor): void => {
  window.orders += orders;
  window.net += net;
};
