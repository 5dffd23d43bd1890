import { type Day, type IsoDate, isoFromDay } from '../kernel/day.ts';
import type { BgNbd } from './bg-nbd.ts';
import { smallest } from './bottom-k.ts';
import { type ChurnFit, fitChurn } from './churn-fit.ts';
import { featuresAsOf } from './features.ts';
import type { GammaGamma } from './gamma-gamma.ts';
import { type NightStatistics, SAMPLE_SIZE } from './night-statistics.ts';
import { type RfmThresholds, rfmThresholds } from './rfm.ts';
import { type Fitted, fitPurchases, fitSpend } from './value-models.ts';
import { type TierThresholds, tierThresholds } from './value-tiers.ts';

export interface NightSettings {
  readonly asOf: Day;
  /** Length of the window in which a purchase is expected, days. */
  readonly churnWindowDays: number;
  /** Share of net spend that stays after the goods are paid, 0 to 1. */
  readonly margin: number;
}

/** Everything that scoring needs, the same for all shards of a night. Plain JSON. */
export interface NightModel {
  readonly asOf: IsoDate;
  readonly day: Day;
  readonly churnWindowDays: number;
  readonly margin: number;
  readonly customers: number;
  readonly buyers: number;
  /** Histories that the models were fitted on. */
  readonly sampled: number;
  /** Absent without a buyer. */
  readonly rfm?: RfmThresholds;
  readonly tiers?: TierThresholds;
  readonly purchases: Fitted<BgNbd>;
  readonly spend: Fitted<GammaGamma>;
  readonly churn: ChurnFit;
}

/** Fits everything once a night. The same statistics give the same model. */
export function fitNight(
  statistics: NightStatistics,
  { asOf, churnWindowDays, margin }: NightSettings,
): NightModel {
  const histories = smallest(statistics.sample, SAMPLE_SIZE).map(({ value }) => value);
  const known = histories.flatMap((history) => featuresAsOf(history, asOf) ?? []);
  const rfm = rfmThresholds(statistics);
  const tiers = tierThresholds(statistics.monetary);
  return {
    asOf: isoFromDay(asOf) as IsoDate,
    day: asOf,
    churnWindowDays,
    margin,
    customers: statistics.customers,
    buyers: statistics.buyers,
    sampled: histories.length,
    ...(rfm && { rfm }),
    ...(tiers && { tiers }),
    purchases: fitPurchases(known),
    spend: fitSpend(known),
    churn: fitChurn(histories, asOf, churnWindowDays),
  };
}

/** What a night's models are, how the churn model proved itself, and what was declined and why. */
export function modelReport({ purchases, spend, churn, ...model }: NightModel) {
  const declined = Object.entries({ purchases, spend, churn }).flatMap(([name, fit]) =>
    fit.status === 'declined' ? { model: name, reason: fit.reason } : [],
  );
  return readable({
    asOf: model.asOf,
    customers: model.customers,
    buyers: model.buyers,
    sampled: model.sampled,
    thresholds: { ...(model.rfm && { rfm: model.rfm }), ...(model.tiers && { tiers: model.tiers }) },
    ...(purchases.status === 'fitted' && { bgNbd: described(purchases) }),
    ...(spend.status === 'fitted' && { gammaGamma: described(spend) }),
    churn: {
      windowDays: model.churnWindowDays,
      ...(churn.status === 'fitted' && {
        rows: churn.rows,
        typicalGap: churn.model.typicalGap,
        signals: churn.model.effects.map(({ name }) => name),
        calibration: churn.model.calibration,
      }),
      ...(churn.backTest && { backTest: churn.backTest }),
    },
    declined,
  });
}

const described = <Params>({
  params,
  rows,
  logLikelihood,
}: Fitted<Params> & { readonly status: 'fitted' }) => ({
  ...params,
  rows,
  logLikelihood,
});

/** Six digits are more than any of these numbers means. */
const readable = <T>(value: T): T =>
  JSON.parse(
    JSON.stringify(value, (_, entry: unknown) =>
      typeof entry === 'number' && !Number.isInteger(entry) ? Number(entry.toPrecision(6)) : entry,
    ),
  ) as T;
