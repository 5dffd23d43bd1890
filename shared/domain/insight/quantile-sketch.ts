import { InvalidInput } from '../kernel/errors.ts';

/**
 * How values are spread, in bounded memory: DDSketch (Masson, Rim and Lee, VLDB 2019, section 2). A
 * commutative monoid: `noValues` is its zero, `combineSketches` adds sketches of different values. Bins
 * are powers of GAMMA, so every value is known to 1 % of itself.
 */
export interface QuantileSketch {
  readonly count: number;
  readonly zeros: number;
  /** How many values fell into bin i, that is (GAMMA^(i-1), GAMMA^i]. */
  readonly positive: Readonly<Record<string, number>>;
  /** The same for the size of values below zero. */
  readonly negative: Readonly<Record<string, number>>;
}

export const noValues: QuantileSketch = { count: 0, zeros: 0, positive: {}, negative: {} };

export const RELATIVE_ACCURACY = 0.01;
const GAMMA = (1 + RELATIVE_ACCURACY) / (1 - RELATIVE_ACCURACY);
const LOG_GAMMA = Math.log(GAMMA);

/** Closer to zero counts as zero; beyond 1e16 (no minor unit is) the last bin takes all: 2,189 bins a sign. */
const SMALLEST = 1e-3;
const LAST_BIN = Math.ceil(Math.log(1e16) / LOG_GAMMA);

type Bins = Record<string, number>;

/** A sketch under construction: cheap to add to, and a `QuantileSketch` at any time. */
export interface GrowingSketch {
  count: number;
  zeros: number;
  readonly positive: Bins;
  readonly negative: Bins;
}

export const emptySketch = (): GrowingSketch => ({ count: 0, zeros: 0, positive: {}, negative: {} });

/** Adds one value in place. */
export function addValue(sketch: GrowingSketch, value: number): void {
  if (!Number.isFinite(value)) {
    throw new InvalidInput(
      'not-a-number',
      'value',
      `A quantile sketch takes finite numbers, not ${value}; leave it out`,
    );
  }
  sketch.count += 1;
  if (Math.abs(value) < SMALLEST) {
    sketch.zeros += 1;
    return;
  }
  const bins = value > 0 ? sketch.positive : sketch.negative;
  const bin = binOf(Math.abs(value));
  bins[bin] = (bins[bin] ?? 0) + 1;
}

const binOf = (size: number): number => Math.min(LAST_BIN, Math.ceil(Math.log(size) / LOG_GAMMA));

/** Adds two sketches of different values. */
export const combineSketches = (a: QuantileSketch, b: QuantileSketch): QuantileSketch => ({
  count: a.count + b.count,
  zeros: a.zeros + b.zeros,
  positive: addBins(a.positive, b.positive),
  negative: addBins(a.negative, b.negative),
});

function addBins(a: QuantileSketch['positive'], b: QuantileSketch['positive']): Bins {
  const sum: Bins = { ...a };
  for (const [bin, count] of Object.entries(b)) sum[bin] = (sum[bin] ?? 0) + count;
  return sum;
}

/** The value below which the share `q` (0 to 1) of all values lies, to 1 % of itself; undefined without values. */
export function quantile(sketch: QuantileSketch, q: number): number | undefined {
  const bin = binAt(sketch, q);
  if (bin === undefined) return undefined;
  // The middle that is equally far, relatively, from both ends of the bin.
  return bin.sign === 0 ? 0 : (bin.sign * 2 * GAMMA ** bin.index) / (GAMMA + 1);
}

/**
 * For whole numbers: the least upper end of a bin that at least the share `q` of all values does not
 * exceed; 0 without values. Values of one bin never part at it, so those that are equal stay on one side, and
 * below 50 every whole number has its own bin.
 */
export function wholeQuantile(sketch: QuantileSketch, q: number): number {
  const bin = binAt(sketch, q);
  if (bin === undefined || bin.sign === 0) return 0;
  return bin.sign > 0 ? lastWhole(bin.index) : -(lastWhole(bin.index - 1) + 1);
}

/** The greatest whole number in bins up to this one. */
const lastWhole = (index: number): number => Math.floor(GAMMA ** index);

interface Bin {
  readonly sign: -1 | 0 | 1;
  readonly index: number;
  readonly count: number;
}

function binAt(sketch: QuantileSketch, q: number): Bin | undefined {
  let left = Math.max(1, Math.ceil(q * sketch.count));
  return ascending(sketch).find(({ count }) => {
    left -= count;
    return left <= 0;
  });
}

const ascending = ({ positive, negative, zeros }: QuantileSketch): Bin[] => [
  ...binsOf(negative, -1).reverse(),
  { sign: 0, index: 0, count: zeros },
  ...binsOf(positive, 1),
];

const binsOf = (bins: QuantileSketch['positive'], sign: -1 | 1): Bin[] =>
  Object.entries(bins)
    .map(([index, count]) => ({ sign, index: Number(index), count }))
    .sort((a, b) => a.index - b.index);
