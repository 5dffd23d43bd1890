import type { Features } from './features.ts';
import { type QuantileSketch, wholeQuantile } from './quantile-sketch.ts';
import type { Quintile, RfmCell, Score } from './score.ts';

/** The values that 20, 40, 60 and 80 % of the buyers do not exceed. */
export type Fifths = readonly [number, number, number, number];

/** Where one quintile ends and the next begins, over all customers who ever bought. */
export interface RfmThresholds {
  /** Days since the last order. */
  readonly recency: Fifths;
  readonly frequency: Fifths;
  /** Net spend, minor units. */
  readonly monetary: Fifths;
}

/** Undefined without a buyer. */
export function rfmThresholds(
  sketches: Readonly<Record<'recency' | 'frequency' | 'monetary', QuantileSketch>>,
): RfmThresholds | undefined {
  if (sketches.recency.count === 0) return undefined;
  return {
    recency: fifthsOf(sketches.recency),
    frequency: fifthsOf(sketches.frequency),
    monetary: fifthsOf(sketches.monetary),
  };
}

function fifthsOf(sketch: QuantileSketch): Fifths {
  const at = (q: number): number => wholeQuantile(sketch, q);
  return [at(0.2), at(0.4), at(0.6), at(0.8)];
}

/**
 * How many thresholds a value exceeds, 0 to 4. A value equal to a threshold does not exceed it, so equal
 * customers always share a quintile, whoever is asked first.
 */
const exceeded = ([first, second, third, fourth]: Fifths, value: number): 0 | 1 | 2 | 3 | 4 => {
  if (value <= second) return value <= first ? 0 : 1;
  if (value <= third) return 2;
  return value <= fourth ? 3 : 4;
};

const ascending = [1, 2, 3, 4, 5] as const;
const descending = [5, 4, 3, 2, 1] as const;

/** Quintiles and cell of a buyer. 5 is best: bought lately, often, much. */
export function rfmOf(
  { recency, orders, net }: Pick<Features, 'recency' | 'orders' | 'net'>,
  thresholds: RfmThresholds,
): NonNullable<Score['rfm']> {
  const quintiles = {
    recency: descending[exceeded(thresholds.recency, recency)],
    frequency: ascending[exceeded(thresholds.frequency, orders)],
    monetary: ascending[exceeded(thresholds.monetary, net)],
  };
  return { ...quintiles, cell: cellOf(quintiles) };
}

/**
 * The named cells, by recency (rows, best first) and by the mean of frequency and monetary, rounded up
 * (columns, 1 to 5). The names are those that the trade uses; where its tables overlap, recency decides.
 */
const cells: Readonly<Record<Quintile, readonly [RfmCell, RfmCell, RfmCell, RfmCell, RfmCell]>> = {
  //   1                 2                      3                      4               5
  5: ['new', 'potential-loyalists', 'potential-loyalists', 'loyal', 'champions'],
  4: ['promising', 'potential-loyalists', 'potential-loyalists', 'loyal', 'champions'],
  3: ['about-to-sleep', 'about-to-sleep', 'need-attention', 'loyal', 'loyal'],
  2: ['hibernating', 'hibernating', 'at-risk', 'at-risk', 'cannot-lose'],
  1: ['lost', 'lost', 'hibernating', 'at-risk', 'cannot-lose'],
};

/** The cell of three quintiles. */
export function cellOf(quintiles: {
  readonly recency: Quintile;
  readonly frequency: Quintile;
  readonly monetary: Quintile;
}): RfmCell {
  const strength = Math.ceil((quintiles.frequency + quintiles.monetary) / 2) as Quintile;
  return cells[quintiles.recency][columns[strength]];
}

const columns = { 1: 0, 2: 1, 3: 2, 4: 3, 5: 4 } as const satisfies Record<Quintile, number>;
