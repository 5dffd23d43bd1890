import { type Aggregate, combine, nobody, type Share } from './aggregate.ts';
import type { PurchaseDay } from './history.ts';

/**
 * What must be added to a state that counts `before` so that it counts `after` instead. Only of goods and money,
 * which form a group; what is only ever seen, such as facts or links, cannot be unseen. A day that comes to nothing
 * stays in the history: how far back days are kept hangs on the newest one.
 */
export const difference = (after: Aggregate, before: Aggregate): Aggregate => combine(after, negated(before));

/** Subtracting from 0 gives no minus zero, which JSON would not keep. */
export const negated = (aggregate: Aggregate): Aggregate => ({
  ...nobody,
  history: {
    days: aggregate.history.days.map(negatedDay),
    older: {
      ...negatedSums(aggregate.history.older),
      orderDays: aggregate.history.older.orderDays.map(({ day, orders }) => ({ day, orders: 0 - orders })),
    },
  },
  units: 0 - aggregate.units,
  discounts: 0 - aggregate.discounts,
  categories: negatedShares(aggregate.categories),
  channels: negatedShares(aggregate.channels),
  stores: negatedShares(aggregate.stores),
  payments: Object.fromEntries(Object.entries(aggregate.payments).map(([kind, sum]) => [kind, 0 - sum])),
});

type Sums = Omit<PurchaseDay, 'day'>;

const negatedSums = ({ orders, sales, returns }: Sums): Sums => ({
  orders: 0 - orders,
  sales: 0 - sales,
  returns: 0 - returns,
});

const negatedDay = ({ day, ...sums }: PurchaseDay): PurchaseDay => ({ day, ...negatedSums(sums) });

const negatedShares = (shares: Readonly<Record<string, Share>>): Record<string, Share> =>
  Object.fromEntries(
    Object.entries(shares).map(([name, { orders, units, net }]) => [
      name,
      { orders: 0 - orders, units: 0 - units, net: 0 - net },
    ]),
  );
