import type { Minor } from '../kernel/money.ts';
import { type QuantileSketch, wholeQuantile } from './quantile-sketch.ts';
import type { ValueTier } from './score.ts';

/** How far down each tier reaches, as a share of the buyers, the biggest net spend first. The rest is base. */
export const pyramid = [
  { tier: 'diamond', downTo: 0.02 },
  { tier: 'platinum', downTo: 0.05 },
  { tier: 'gold', downTo: 0.15 },
  { tier: 'standard', downTo: 0.4 },
] as const satisfies readonly { readonly tier: ValueTier; readonly downTo: number }[];

/** Whose net spend is above `over` has this tier or a better one. From the top down. */
export type TierThresholds = readonly { readonly tier: ValueTier; readonly over: Minor }[];

/** Undefined without a buyer. */
export const tierThresholds = (netSpend: QuantileSketch): TierThresholds | undefined =>
  netSpend.count === 0
    ? undefined
    : pyramid.map(({ tier, downTo }) => ({ tier, over: wholeQuantile(netSpend, 1 - downTo) }));

/** Equal spend gives equal tiers: a tie at a threshold stays below it, so a tier may be smaller, never bigger. */
export const tierOf = (net: Minor, thresholds: TierThresholds): ValueTier =>
  thresholds.find(({ over }) => net > over)?.tier ?? 'base';
