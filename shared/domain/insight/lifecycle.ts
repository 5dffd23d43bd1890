import type { PurchaseHistory } from '../customers/history.ts';
import type { Day } from '../kernel/day.ts';
import type { Minor } from '../kernel/money.ts';
import { type Features, featuresAsOf } from './features.ts';
import type { Lifecycle } from './score.ts';

/** Where the stages begin. A retailer of milk and one of furniture will not agree on them. */
export interface LifecycleRules {
  /** Nothing for so many days is dormant, and lost from the second number on. */
  readonly dormantAfterDays: number;
  readonly lostAfterDays: number;
  /** At risk: away for so many times the own mean gap, though not dormant yet. */
  readonly atRiskOverRhythm: number;
  /** So many days are no absence, however quick the own rhythm. */
  readonly atRiskAfterDays: number;
  readonly loyal: { readonly orderDays: number; readonly withinDays: number; readonly net: Minor };
  /** Won back: bought again within so many days, after a gap of dormancy. */
  readonly wonBackWithinDays: number;
}

export const lifecycleDefaults: LifecycleRules = {
  dormantAfterDays: 90,
  lostAfterDays: 365,
  atRiskOverRhythm: 2,
  atRiskAfterDays: 14,
  loyal: { orderDays: 5, withinDays: 60, net: 0 },
  wonBackWithinDays: 45,
};

/** The first stage that fits, from the most urgent on; a customer without an order is a lead. */
export function lifecycleOf(
  features: Features | undefined,
  rules: LifecycleRules = lifecycleDefaults,
): Lifecycle {
  if (features === undefined) return 'lead';
  const { recency, orderDays, lastGap = 0, overRhythm = 0, net } = features;
  if (recency >= rules.lostAfterDays) return 'lost';
  if (recency >= rules.dormantAfterDays) return 'dormant';
  if (recency <= rules.wonBackWithinDays && lastGap >= rules.dormantAfterDays) return 'won-back';
  if (recency >= rules.atRiskAfterDays && overRhythm >= rules.atRiskOverRhythm) return 'at-risk';
  if (orderDays === 1) return 'first-purchase';
  return isLoyal(recency, orderDays, net, rules.loyal) ? 'loyal' : 'repeat';
}

const isLoyal = (recency: number, orderDays: number, net: Minor, loyal: LifecycleRules['loyal']): boolean =>
  orderDays >= loyal.orderDays && recency <= loyal.withinDays && net >= loyal.net;

/** The stage on a day, whatever night there was last, and since when. */
export interface Stage {
  readonly stage: Lifecycle;
  /** Absent of leads; and no earlier than the days that the history can still tell apart. */
  readonly since?: Day;
}

export function stageOn(
  history: PurchaseHistory,
  today: Day,
  rules: LifecycleRules = lifecycleDefaults,
): Stage {
  const stageOf = (features: Features): Lifecycle => lifecycleOf(features, rules);
  const now = featuresAsOf(history, today);
  if (now === undefined) return { stage: 'lead' };
  const stage = stageOf(now);
  let since: Day | undefined;
  for (const day of turningDays(history, today, rules)) {
    const then = featuresAsOf(history, day);
    if (then === undefined || stageOf(then) !== stage) break;
    since = day;
  }
  return { stage, ...(since === undefined ? {} : { since }) };
}

/** Every day up to `today` on which the stage may have changed, the latest first: between them it cannot. */
function turningDays({ days, older }: PurchaseHistory, today: Day, rules: LifecycleRules): readonly Day[] {
  const orderDays = [...older.orderDays, ...days.filter(({ orders }) => orders > 0)].map(({ day }) => day);
  const first = orderDays[0] ?? today;
  const waits = [
    rules.atRiskAfterDays,
    rules.wonBackWithinDays + 1,
    rules.loyal.withinDays + 1,
    rules.dormantAfterDays,
    rules.lostAfterDays,
  ];
  const turns = orderDays.flatMap((day, index) => {
    const meanGap = index === 0 ? 0 : (day - first) / index;
    return [0, Math.ceil(rules.atRiskOverRhythm * meanGap), ...waits].map((wait) => (day + wait) as Day);
  });
  const all = new Set([...turns, ...days.map(({ day }) => day)]);
  return [...all].filter((day) => day <= today).sort((a, b) => b - a);
}
