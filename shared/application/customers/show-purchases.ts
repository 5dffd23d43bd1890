import type * as z from 'zod';
import type { Purchases } from '../../contracts/customer-schemas.ts';
import type { Aggregate } from '../../domain/customers/aggregate.ts';
import { rhythmOf } from '../../domain/customers/rhythm.ts';
import { totalsOf } from '../../domain/customers/totals.ts';
import { isoFromDay } from '../../domain/kernel/day.ts';

/** What somebody bought, how much of it and how often, as it is answered. */
export function purchasesOf(aggregate: Aggregate): z.input<typeof Purchases> {
  const { lastDay: _inDays, ...totals } = totalsOf(aggregate);
  const rhythm = rhythmOf(aggregate.history);
  if (rhythm === undefined) return totals;
  const { firstDay, lastDay, meanGap } = rhythm;
  return {
    ...totals,
    firstDay: isoFromDay(firstDay),
    lastDay: isoFromDay(lastDay),
    ...(meanGap === undefined ? {} : { rhythmDays: Math.round(10 * meanGap) / 10 }),
  };
}
