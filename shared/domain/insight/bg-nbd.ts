import { type Fit, fromLog, minimise } from './minimise.ts';
import { hyp2f1, lnBeta, lnGamma, logAddExp } from './special-functions.ts';

/**
 * What the BG/NBD model needs of a customer: repeat purchases, time of the last one and age, both counted
 * from the first purchase, in any unit of time that is the same everywhere.
 */
export interface PurchaseRow {
  readonly x: number;
  readonly tx: number;
  readonly T: number;
  /** How many customers are like this. */
  readonly weight: number;
}

/** Purchase rates are gamma(r, alpha) over customers, drop-out probabilities beta(a, b). */
export interface BgNbd {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/**
 * ln of the likelihood of one customer: Fader, Hardie and Lee, "Counting Your Customers the Easy Way",
 * Marketing Science 24 (2005), equation 6, in the log form of their note "Implementing the BG/NBD Model
 * for Customer Base Analysis in Excel" (2005).
 */
function likelihood({ r, alpha, a, b }: BgNbd): (row: PurchaseRow) => number {
  // Counts repeat over rows, so the gamma functions of each are worked out once per set of parameters.
  const ofCount: number[] = [];
  const counted = (x: number): number => {
    const known = ofCount[x];
    if (known !== undefined) return known;
    const value = lnGamma(r + x) - lnGamma(r) + r * Math.log(alpha) + lnBeta(a, b + x) - lnBeta(a, b);
    ofCount[x] = value;
    return value;
  };
  return ({ x, tx, T }) => {
    const alive = -(r + x) * Math.log(alpha + T);
    if (x === 0) return counted(x) + alive;
    const gone = Math.log(a / (b + x - 1)) - (r + x) * Math.log(alpha + tx);
    return counted(x) + logAddExp(alive, gone);
  };
}

/** Sum of the log-likelihood over all customers. */
export function logLikelihood(params: BgNbd, rows: readonly PurchaseRow[]): number {
  const ofRow = likelihood(params);
  return rows.reduce((sum, row) => sum + row.weight * ofRow(row), 0);
}

/** Where the search begins, with time scaled to a mean age of one. */
const START = [0, 0, 0, 0] as const;

/** Maximum likelihood; rows that are equal count once with their weights added. */
export function fitBgNbd(customers: readonly PurchaseRow[]): Fit<BgNbd> {
  const rows = grouped(customers);
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  // Scaled by the mean age the search takes the same path in days, weeks and years.
  const scale = rows.reduce((sum, { T, weight }) => sum + weight * T, 0) / total;
  const scaled = rows.map(({ x, tx, T, weight }) => ({ x, tx: tx / scale, T: T / scale, weight }));
  const found = minimise((at) => -logLikelihood(fromLogs(at), scaled) / total, START);

  const { alpha, ...shape } = fromLogs(found.at);
  const params = { ...shape, alpha: alpha * scale };
  if (found.status === 'stopped') return { status: 'stopped', because: found.because, last: params };
  return { status: 'converged', params, logLikelihood: logLikelihood(params, rows) };
}

const fromLogs = ([r = 0, alpha = 0, a = 0, b = 0]: readonly number[]): BgNbd => ({
  r: fromLog(r),
  alpha: fromLog(alpha),
  a: fromLog(a),
  b: fromLog(b),
});

function grouped(rows: readonly PurchaseRow[]): PurchaseRow[] {
  const groups = new Map<string, PurchaseRow>();
  for (const row of rows) {
    const key = `${row.x} ${row.tx} ${row.T}`;
    const known = groups.get(key);
    groups.set(key, known === undefined ? row : { ...known, weight: known.weight + row.weight });
  }
  return [...groups.values()];
}

type Seen = Pick<PurchaseRow, 'x' | 'tx' | 'T'>;

/** Odds of being gone against alive: the fraction in equation 10 of the paper, worked in logs. */
const oddsGone = ({ r, alpha, a, b }: BgNbd, { x, tx, T }: Seen): number =>
  x === 0 ? 0 : (a / (b + x - 1)) * Math.exp((r + x) * Math.log((alpha + T) / (alpha + tx)));

/** P(alive | x, tx, T): Fader, Hardie and Lee, "Computing P(alive) Using the BG/NBD Model" (2008). */
export const aliveProbability = (params: BgNbd, seen: Seen): number => 1 / (1 + oddsGone(params, seen));

/**
 * Expected purchases in the next `t` units of time: equation 10 of the 2005 paper. Of its 2F1 and that after
 * Euler's transformation (Abramowitz and Stegun 15.3.3) the one is taken that stays bounded as z nears 1, with
 * its power joined to that before it, so that many purchases do not overflow.
 */
export function expectedPurchases(params: BgNbd, seen: Seen, t: number): number {
  const { r, alpha, b } = params;
  const { x, T } = seen;
  const a = apartFrom(params.a, 1);
  const c = apartFrom(a + b + x - 1, 0);
  const z = t / (alpha + T + t);
  const staying =
    a - 1 < r + x
      ? hyp2f1(a + b - 1 - r, a - 1, c, z, (1 - z) ** (a - 1))
      : hyp2f1(r + x, b + x, c, z, (1 - z) ** (r + x));
  // Between nothing and what would come without drop-out; only rounding at the extremes leads outside.
  const whileAlive = Math.min(((r + x) * t) / (alpha + T), Math.max(0, (c / (a - 1)) * (1 - staying)));
  return whileAlive / (1 + oddsGone(params, seen));
}

/** The formula has a removable gap there; so small a step aside changes the sixth digit. */
const ASIDE = 1e-7;
const apartFrom = (value: number, gap: number): number =>
  Math.abs(value - gap) < ASIDE ? gap + ASIDE : value;
