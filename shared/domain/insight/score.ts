import type { IsoDate } from '../kernel/day.ts';
import type { Minor } from '../kernel/money.ts';

export const lifecycleStages = [
  'lead',
  'first-purchase',
  'repeat',
  'loyal',
  'at-risk',
  'dormant',
  'lost',
  'won-back',
] as const;
export type Lifecycle = (typeof lifecycleStages)[number];

/** From the top 2 % of net spend down. */
export const valueTiers = ['diamond', 'platinum', 'gold', 'standard', 'base'] as const;
export type ValueTier = (typeof valueTiers)[number];

export const rfmCells = [
  'champions',
  'loyal',
  'potential-loyalists',
  'new',
  'promising',
  'need-attention',
  'about-to-sleep',
  'at-risk',
  'cannot-lose',
  'hibernating',
  'lost',
] as const;
export type RfmCell = (typeof rfmCells)[number];

export type Quintile = 1 | 2 | 3 | 4 | 5;

export const riskBands = ['low', 'medium', 'high'] as const;
export type RiskBand = (typeof riskBands)[number];

/** What the night thinks of one customer. Written only when it moved noticeably. */
export interface Score {
  /** The run that last moved it. */
  readonly asOf: IsoDate;
  readonly lifecycle: Lifecycle;
  /** 5 is best. Absent without a purchase. */
  readonly rfm?: {
    readonly recency: Quintile;
    readonly frequency: Quintile;
    readonly monetary: Quintile;
    readonly cell: RfmCell;
  };
  readonly tier?: ValueTier;
  /** BG/NBD and Gamma-Gamma; absent where there was too little to fit them. */
  readonly value?: {
    /** P(alive), 0 to 1. For forecasts of purchases; as a measure of churn it misleads. */
    readonly alive: number;
    /** Expected purchase days in the coming 365 days. */
    readonly purchases: number;
    /** Expected net spend per purchase day. */
    readonly spend: Minor;
    /** Expected margin of the coming 365 days. */
    readonly lifetime: Minor;
  };
  /** Calibrated probability of no purchase within the churn window; absent where the model declines. */
  readonly churn?: {
    readonly probability: number;
    readonly band: RiskBand;
    readonly reasons: readonly string[];
  };
}
