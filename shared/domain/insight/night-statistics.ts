import type { PurchaseHistory } from '../customers/history.ts';
import type { Day } from '../kernel/day.ts';
import { addEntry, type BottomK, combineSamples, emptySample, type GrowingSample } from './bottom-k.ts';
import { featuresAsOf } from './features.ts';
import {
  addValue,
  combineSketches,
  emptySketch,
  type GrowingSketch,
  type QuantileSketch,
} from './quantile-sketch.ts';

/** One customer as the night meets it. */
export interface Observation {
  readonly id: string;
  readonly history: PurchaseHistory;
}

/**
 * What a night has to know of all customers together: plain JSON, and a commutative monoid. The zero is
 * `noStatistics(0)`; `combineStatistics` adds those of different customers.
 */
export interface NightStatistics {
  readonly customers: number;
  /** Those with an order up to the day. */
  readonly buyers: number;
  /** Days since the last order, orders, and net spend of the buyers. */
  readonly recency: QuantileSketch;
  readonly frequency: QuantileSketch;
  readonly monetary: QuantileSketch;
  /** Buyers to fit the models on. */
  readonly sample: BottomK<PurchaseHistory>;
}

/** Statistics that one shard adds to. They are `NightStatistics` at any time. */
export interface GrowingStatistics {
  customers: number;
  buyers: number;
  readonly recency: GrowingSketch;
  readonly frequency: GrowingSketch;
  readonly monetary: GrowingSketch;
  readonly sample: GrowingSample<PurchaseHistory>;
}

/** Histories that the fit uses, over all shards. */
export const SAMPLE_SIZE = 20_000;

/**
 * How many histories each of `shards` keeps: its share and four standard deviations more, because ids do not
 * fall evenly. The whole then has its 20,000 or hardly less: each of 8 shards keeps 2,700, of 1,000 shards 38.
 */
export function sampleSizeOfShard(shards: number): number {
  const share = SAMPLE_SIZE / shards;
  return Math.min(SAMPLE_SIZE, Math.ceil(share + 4 * Math.sqrt(share)));
}

export const noStatistics = (sampleSize: number): GrowingStatistics => ({
  customers: 0,
  buyers: 0,
  recency: emptySketch(),
  frequency: emptySketch(),
  monetary: emptySketch(),
  sample: emptySample(sampleSize),
});

/** Adds one customer in place, as known at the close of `asOf`, and returns the same statistics. */
export function observe(
  statistics: GrowingStatistics,
  { id, history }: Observation,
  asOf: Day,
): GrowingStatistics {
  statistics.customers += 1;
  const features = featuresAsOf(history, asOf);
  if (features === undefined) return statistics;
  statistics.buyers += 1;
  addValue(statistics.recency, features.recency);
  addValue(statistics.frequency, features.orders);
  addValue(statistics.monetary, features.net);
  addEntry(statistics.sample, id, history);
  return statistics;
}

/** Adds the statistics of different customers; changes neither. */
export const combineStatistics = (a: NightStatistics, b: NightStatistics): NightStatistics => ({
  customers: a.customers + b.customers,
  buyers: a.buyers + b.buyers,
  recency: combineSketches(a.recency, b.recency),
  frequency: combineSketches(a.frequency, b.frequency),
  monetary: combineSketches(a.monetary, b.monetary),
  sample: combineSamples(a.sample, b.sample),
});
