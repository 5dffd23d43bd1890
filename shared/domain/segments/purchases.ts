import { rhythmOf } from '../customers/rhythm.ts';
import { totalsOf } from '../customers/totals.ts';
import type { CustomerView } from '../customers/view.ts';
import { type Day, MILLIS_PER_DAY } from '../kernel/day.ts';
import type { Minor } from '../kernel/money.ts';

/** Days with at least one order: two receipts on one day are one visit. */
export const orderDays = ({ aggregate: { history } }: CustomerView): number =>
  rhythmOf(history)?.orderDays ?? 0;

/** Net of returns; whole minor units. */
export function averageOrder({ aggregate }: CustomerView): Minor | undefined {
  const { net, orders } = totalsOf(aggregate);
  return orders === 0 ? undefined : Math.round(net / orders);
}

/** A till whose clock runs ahead may sell tomorrow; nobody bought less than 0 days ago. */
const daysSince = (view: CustomerView, day: Day | undefined): number | undefined =>
  day === undefined ? undefined : Math.max(0, view.today - day);

/** Days since the last order; a return is no purchase. */
export const recencyDays = (view: CustomerView): number | undefined =>
  daysSince(view, totalsOf(view.aggregate).lastDay);

/** Days since the first order. */
export const ageDays = (view: CustomerView): number | undefined =>
  daysSince(view, rhythmOf(view.aggregate.history)?.firstDay);

/** Mean days from one day with an order to the next. */
export const rhythmDays = ({ aggregate: { history } }: CustomerView): number | undefined =>
  rhythmOf(history)?.meanGap;

/** Whole days since an instant, by its UTC date: near midnight one off from the stage's own calendar. */
export const daysSinceInstant = (view: CustomerView, at: string | undefined): number | undefined =>
  at === undefined ? undefined : Math.max(0, view.today - Math.floor(Date.parse(at) / MILLIS_PER_DAY));
