import { dot, solvePositive } from './linear-algebra.ts';
import { logistic } from './special-functions.ts';

/** One row of a regression: columns without the intercept, and what came of it. */
export interface LabelledRow {
  readonly columns: readonly number[];
  readonly label: 0 | 1;
}

export interface LogisticModel {
  readonly intercept: number;
  readonly coefficients: readonly number[];
}

const STEPS = 50;
/** Newton has arrived when no coefficient moves by more than this. */
const STILL = 1e-8;

/**
 * Ridge logistic regression by Newton's steps, that is iteratively reweighted least squares (Hastie,
 * Tibshirani and Friedman, "The Elements of Statistical Learning", 2nd edition, sections 4.4.1 and 3.4.1).
 * The columns should have similar spread; the intercept is not penalised. Undefined where the steps do not
 * settle: without rows, with columns that are not numbers, or without a penalty where classes part cleanly.
 */
export function fitLogistic(rows: readonly LabelledRow[], penalty: number): LogisticModel | undefined {
  const width = (rows[0]?.columns.length ?? 0) + 1;
  let beta: readonly number[] = new Array<number>(width).fill(0);
  for (let step = 0; step < STEPS; step += 1) {
    const { gradient, hessian } = derivatives(rows, beta, penalty);
    const move = solvePositive(hessian, gradient);
    if (move === undefined) return undefined;
    beta = beta.map((value, index) => value + (move[index] as number));
    if (Math.max(...move.map(Math.abs)) < STILL)
      return { intercept: beta[0] as number, coefficients: beta.slice(1) };
  }
  return undefined;
}

/** Gradient of the penalised log-likelihood, and the negative of its second derivative. */
function derivatives(rows: readonly LabelledRow[], beta: readonly number[], penalty: number) {
  const width = beta.length;
  const gradient = beta.map((value, index) => (index === 0 ? 0 : -penalty * value));
  const hessian = beta.map((_, index) => {
    const row = new Float64Array(width);
    row[index] = index === 0 ? 0 : penalty;
    return row;
  });
  const x = new Float64Array(width);
  x[0] = 1;
  for (const { columns, label } of rows) {
    x.set(columns, 1);
    const probability = logistic(dot(beta, x));
    const weight = probability * (1 - probability);
    for (let i = 0; i < width; i += 1) {
      const own = x[i] as number;
      gradient[i] = (gradient[i] as number) + (label - probability) * own;
      addScaled(hessian[i] as Float64Array, x, weight * own, i);
    }
  }
  // Only the lower triangle was summed, which is all that Cholesky reads.
  return { gradient, hessian };
}

/** row += factor · x, up to the diagonal: this loop is where a fit spends its time. */
function addScaled(row: Float64Array, x: Float64Array, factor: number, diagonal: number): void {
  for (let j = 0; j <= diagonal; j += 1) row[j] = (row[j] as number) + factor * (x[j] as number);
}
