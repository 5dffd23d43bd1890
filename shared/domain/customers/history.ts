import { type Day, daysBefore } from '../kernel/day.ts';
import type { Minor } from '../kernel/money.ts';

/** One day with purchases or returns: orders begun, goods sold and goods taken back, minor units. */
export interface PurchaseDay {
  readonly day: Day;
  readonly orders: number;
  readonly sales: Minor;
  readonly returns: Minor;
}

export type OrderDay = Pick<PurchaseDay, 'day' | 'orders'>;

/**
 * When and how much, the root of every insight. Days of the last `DAYS_KEPT` before the newest one are
 * kept singly; of older ones the exact sums, and which days had orders. The window hangs on the data and
 * not on the clock, so any order of arrival ends in the same history.
 */
export interface PurchaseHistory {
  /** Ascending. */
  readonly days: readonly PurchaseDay[];
  readonly older: {
    /** Days with orders and how many, ascending; counted, so that an order can be taken back. */
    readonly orderDays: readonly OrderDay[];
    readonly orders: number;
    readonly sales: Minor;
    readonly returns: Minor;
  };
}

export const DAYS_KEPT = 400;

export const noHistory: PurchaseHistory = {
  days: [],
  older: { orderDays: [], orders: 0, sales: 0, returns: 0 },
};

/** Adds two histories of different events. Commutative and associative, with `noHistory` as its zero. */
export function combineHistories(a: PurchaseHistory, b: PurchaseHistory): PurchaseHistory {
  if (a === noHistory) return b;
  if (b === noHistory) return a;
  const merged = mergeDays(a.days, b.days);
  const newest = merged.at(-1)?.day ?? (0 as Day);
  const leaving = merged.filter(({ day }) => day <= daysBefore(newest, DAYS_KEPT));
  return {
    days: merged.slice(leaving.length),
    older: leaving.reduce(retire, combineOlder(a.older, b.older)),
  };
}

type Older = PurchaseHistory['older'];

function mergeDays(a: readonly PurchaseDay[], b: readonly PurchaseDay[]): PurchaseDay[] {
  const byDay = new Map(a.map((one) => [one.day, one]));
  for (const one of b) {
    const own = byDay.get(one.day);
    byDay.set(one.day, own === undefined ? one : addDays(own, one));
  }
  return [...byDay.values()].sort((x, y) => x.day - y.day);
}

const addDays = (a: PurchaseDay, b: PurchaseDay): PurchaseDay => ({
  day: a.day,
  orders: a.orders + b.orders,
  sales: a.sales + b.sales,
  returns: a.returns + b.returns,
});

const combineOlder = (a: Older, b: Older): Older => ({
  orderDays: addOrderDays(a.orderDays, b.orderDays),
  orders: a.orders + b.orders,
  sales: a.sales + b.sales,
  returns: a.returns + b.returns,
});

function addOrderDays(a: readonly OrderDay[], b: readonly OrderDay[]): readonly OrderDay[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const counts = new Map(a.map(({ day, orders }) => [day, orders]));
  for (const { day, orders } of b) counts.set(day, (counts.get(day) ?? 0) + orders);
  return [...counts]
    .flatMap(([day, orders]) => (orders === 0 ? [] : [{ day, orders }]))
    .sort((x, y) => x.day - y.day);
}

const retire = (older: Older, { day, orders, sales, returns }: PurchaseDay): Older => ({
  orderDays: orders === 0 ? older.orderDays : addOrderDays(older.orderDays, [{ day, orders }]),
  orders: older.orders + orders,
  sales: older.sales + sales,
  returns: older.returns + returns,
});
