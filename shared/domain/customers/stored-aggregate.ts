import type { Day } from '../kernel/day.ts';
import { type Aggregate, nobody } from './aggregate.ts';
import { noHistory, type PurchaseDay } from './history.ts';
import { noSignals } from './signals.ts';

type StoredDay = readonly [day: number, orders: number, sales: number, returns: number];

/** An aggregate as it is kept: zeroes left out and days as tuples, since storage is paid by the kilobyte. */
export interface StoredAggregate extends Partial<Omit<Aggregate, 'history'>> {
  readonly days?: readonly StoredDay[];
  readonly older?: Aggregate['history']['older'];
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
      : { older: history.older }),
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
        : { days: (days ?? []).map(fromTuple), older: older ?? noHistory.older },
  };
}

const toTuple = ({ day, orders, sales, returns }: PurchaseDay): StoredDay => [day, orders, sales, returns];

const fromTuple = ([day, orders, sales, returns]: StoredDay): PurchaseDay => ({
  day: day as Day,
  orders,
  sales,
  returns,
});
