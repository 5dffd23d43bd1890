import type { Minor } from '../kernel/money.ts';
import type { Features } from './features.ts';
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
