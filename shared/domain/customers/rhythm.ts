import type { Day } from '../kernel/day.ts';
import type { PurchaseDay, PurchaseHistory } from './history.ts';

/** When somebody buys: two receipts on one day are one visit. */
export interface Rhythm {
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** How many days had an order. */
  readonly orderDays: number;
  /** Mean days from one day with an order to the next; absent with one such day. */
  readonly meanGap?: number;
}

/** Undefined where nothing was ever ordered; a return is no purchase. */
export function rhythmOf({ days, older }: PurchaseHistory): Rhythm | undefined {
  const lately = days.filter(hasOrder);
  const firstDay = older.orderDays[0]?.day ?? lately[0]?.day;
  const lastDay = lately.at(-1)?.day ?? older.orderDays.at(-1)?.day;
  if (firstDay === undefined || lastDay === undefined) return undefined;
  const orderDays = older.orderDays.length + lately.length;
  const meanGap = orderDays === 1 ? undefined : (lastDay - firstDay) / (orderDays - 1);
  return { firstDay, lastDay, orderDays, ...(meanGap === undefined ? {} : { meanGap }) };
}

const hasOrder = ({ orders }: PurchaseDay): boolean => orders > 0;
