import type { Day } from '../kernel/day.ts';
import type { Minor } from '../kernel/money.ts';
import type { Aggregate } from './aggregate.ts';

/** Everything ever bought, in one line. */
export interface Totals {
  readonly orders: number;
  readonly gross: Minor;
  readonly returned: Minor;
  /** gross - returned */
  readonly net: Minor;
  readonly discounts: Minor;
  readonly units: number;
  /** Of the last order. */
  readonly lastDay?: Day;
}

export function totalsOf({ history: { days, older }, discounts, units }: Aggregate): Totals {
  const orders = days.reduce((sum, day) => sum + day.orders, older.orders);
  const gross = days.reduce((sum, day) => sum + day.sales, older.sales);
  const returned = days.reduce((sum, day) => sum + day.returns, older.returns);
  const lastDay = days.findLast((day) => day.orders > 0)?.day ?? older.orderDays.at(-1)?.day;
  return {
    orders,
    gross,
    returned,
    net: gross - returned,
    discounts,
    units,
    ...(lastDay === undefined ? {} : { lastDay }),
  };
}
