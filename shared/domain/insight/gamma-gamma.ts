import { type Fit, fromLog, minimise } from './minimise.ts';
import { lnGamma } from './special-functions.ts';

/** What the Gamma-Gamma model needs of a customer: how many purchases, and their mean value, above zero. */
export interface SpendRow {
  readonly x: number;
  readonly mean: number;
  /** How many customers are like this. */
  readonly weight: number;
}

/** Values of a customer's purchases are gamma(p, nu), and nu is gamma(q, v) over customers. */
export interface GammaGamma {
  readonly p: number;
  readonly q: number;
  readonly v: number;
}

/**
 * ln of the likelihood of one customer's mean: Fader and Hardie, "The Gamma-Gamma Model of Monetary
 * Value" (2013), equation 1a.
 */
function likelihood({ p, q, v }: GammaGamma): (row: SpendRow) => number {
  const ofCount: number[] = [];
  const counted = (x: number): number => {
    const known = ofCount[x];
    if (known !== undefined) return known;
    const value = lnGamma(p * x + q) - lnGamma(p * x) - lnGamma(q) + q * Math.log(v) + p * x * Math.log(x);
    ofCount[x] = value;
    return value;
  };
  return ({ x, mean }) => counted(x) + (p * x - 1) * Math.log(mean) - (p * x + q) * Math.log(x * mean + v);
}

/** Sum of the log-likelihood over all customers. */
export function logLikelihood(params: GammaGamma, rows: readonly SpendRow[]): number {
  const ofRow = likelihood(params);
  return rows.reduce((sum, row) => sum + row.weight * ofRow(row), 0);
}

const START = [0, 0, 0] as const;

/**
 * Maximum likelihood over customers with a mean above zero. q is kept above 1, where the mean spend of the
 * population is finite; below it a forecast of money means nothing.
 */
export function fitGammaGamma(rows: readonly SpendRow[]): Fit<GammaGamma> {
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  // Scaled by the mean spend the search takes the same path in pence, pounds and rupiah.
  const scale = rows.reduce((sum, { mean, weight }) => sum + weight * mean, 0) / total;
  const scaled = rows.map(({ x, mean, weight }) => ({ x, mean: mean / scale, weight }));
  const found = minimise((at) => -logLikelihood(fromLogs(at), scaled) / total, START);

  const { v, ...shape } = fromLogs(found.at);
  const params = { ...shape, v: v * scale };
  if (found.status === 'stopped') return { status: 'stopped', because: found.because, last: params };
  return { status: 'converged', params, logLikelihood: logLikelihood(params, rows) };
}

const fromLogs = ([p = 0, q = 0, v = 0]: readonly number[]): GammaGamma => ({
  p: fromLog(p),
  q: 1 + fromLog(q),
  v: fromLog(v),
});

/** Expected mean value of a purchase, given x purchases of this mean: the conditional expectation of the same note. */
export const expectedSpend = ({ p, q, v }: GammaGamma, { x, mean }: Pick<SpendRow, 'x' | 'mean'>): number =>
  (p * (v + x * mean)) / (p * x + q - 1);
