/** Rows of numbers, of whatever kind of array. */
type Matrix = readonly ArrayLike<number>[];

/**
 * Solves A x = b for a symmetric positive definite A by Cholesky's factors (Golub and Van Loan, "Matrix
 * Computations", algorithm 4.2.1). Only the lower triangle of A is read. Undefined
 * where A is not positive definite.
 */
export function solvePositive(a: Matrix, b: readonly number[]): number[] | undefined {
  const lower = cholesky(a);
  if (lower === undefined) return undefined;
  const y: number[] = [];
  for (const [i, row] of lower.entries()) {
    let sum = b[i] ?? 0;
    for (let j = 0; j < i; j += 1) sum -= (row[j] ?? 0) * (y[j] ?? 0);
    y.push(sum / (row[i] ?? 1));
  }
  const x = [...y];
  for (let i = x.length - 1; i >= 0; i -= 1) {
    let sum = x[i] ?? 0;
    for (let j = i + 1; j < x.length; j += 1) sum -= (lower[j]?.[i] ?? 0) * (x[j] ?? 0);
    x[i] = sum / (lower[i]?.[i] ?? 1);
  }
  return x;
}

/** L with L Lᵀ = A, row by row. */
function cholesky(a: Matrix): number[][] | undefined {
  const lower: number[][] = [];
  for (const [i, source] of a.entries()) {
    const row: number[] = [];
    for (const [j, above] of lower.entries())
      row.push(((source[j] ?? 0) - dot(row, above, j)) / (above[j] ?? 1));
    const square = (source[i] ?? 0) - dot(row, row, i);
    // Also false where a column is not a number.
    if (!(square > 0)) return undefined;
    lower.push([...row, Math.sqrt(square)]);
  }
  return lower;
}

/** Product of the first `length` entries. */
function dot(a: readonly number[], b: readonly number[], length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k += 1) sum += (a[k] ?? 0) * (b[k] ?? 0);
  return sum;
}
