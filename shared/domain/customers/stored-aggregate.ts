import type { Day } from '../kernel/day.ts';
import { type Aggregate, nobody } from './aggregate.ts';
import { noHistory, type PurchaseDay } from './history.ts';
import { noSignals } from './signals.ts';

type StoredDay = readonly [day: number, orders: number, sales: number, returns: number];

/** An aggregate as it is kept: zeroes left out and days as tuples, since storage is paid by the kilobyte. */
export interface StoredAggregate extends Partial<Omit<Aggregate, 'history'>> {
  readonly days?: readonly StoredDay[];
  readonly older?: StoredOlder;
}

type Older = Aggregate['history']['older'];

/** A day with one order is its number alone; an older release kept no counts. */
interface StoredOlder extends Omit<Older, 'orderDays'> {
  readonly orderDays: readonly (number | readonly [day: number, orders: number])[];
}

const isEmpty = (value: unknown): boolean =>
  value === 0 || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

export function toStored({ history, signals, ...rest }: Aggregate): StoredAggregate {
  const kept = Object.entries(rest).filter(([, value]) => !isEmpty(value));
  return {
    ...Object.fromEntries(kept),
    ...(history.days.length === 0 ? {} : { days: history.days.map(toTuple) }),
    ...(history.older.orders === 0 && history.older.returns === 0 && history.older.sales === 0
      ? {}
      : { older: olderToStored(history.older) }),
    ...(signals.recent.length === 0 ? {} : { signals }),
  };
}

/** What an older release kept lacks what a newer one added; the zeroes fill the gap. */
export function fromStored({ days, older, ...rest }: StoredAggregate): Aggregate {
  return {
    ...nobody,
    signals: noSignals,
    ...rest,
    history:
      days === undefined && older === undefined
        ? noHistory
        : {
            days: (days ?? []).map(fromTuple),
            older: older === undefined ? noHistory.older : olderFromStored(older),
          },
  };
}

const olderToStored = ({ orderDays, ...sums }: Older): StoredOlder => ({
  ...sums,
  orderDays: orderDays.map(({ day, orders }) => (orders === 1 ? day : [day, orders])),
});

const olderFromStored = ({ orderDays, ...sums }: StoredOlder): Older => ({
  ...sums,
  orderDays: orderDays.map((one) =>
    typeof one === 'number' ? { day: one as Day, orders: 1 } : { day: one[0] as Day, orders: one[1] },
  ),
});

const toTuple = ({ day, orders, sales, returns }: PurchaseDay): StoredDay => [day, orders, sales, returns];

const fromTuple = ([day, orders, sales, returns]: StoredDay): PurchaseDay => ({
  day: day as Day,
  orders,
  sales,
  returns,
});
