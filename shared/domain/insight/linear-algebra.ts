/** Rows of numbers, of whatever kind of array. */
type Matrix = readonly ArrayLike<number>[];

/**
 * Solves A x = b for a symmetric positive definite A by Cholesky's factors (Golub and Van Loan, "Matrix
 * Computations", algorithm 4.2.1). Only the lower triangle of A is read. Undefined where A is not positive
 * definite, which includes entries that are not numbers.
 */
export function solvePositive(a: Matrix, b: readonly number[]): number[] | undefined {
  const lower = cholesky(a);
  if (lower === undefined) return undefined;
  const x: number[] = [];
  for (const [i, row] of lower.entries()) x.push(((b[i] as number) - dot(row, x, i)) / (row[i] as number));
  // From the last one on, each unknown is settled and taken out of those before it.
  for (const [i, row] of [...lower.entries()].reverse()) {
    const settled = (x[i] as number) / (row[i] as number);
    x[i] = settled;
    for (let j = 0; j < i; j += 1) x[j] = (x[j] as number) - (row[j] as number) * settled;
  }
  return x;
}

/** L with L Lᵀ = A, row by row. */
function cholesky(a: Matrix): number[][] | undefined {
  const lower: number[][] = [];
  for (const [i, source] of a.entries()) {
    const row: number[] = [];
    for (const [j, above] of lower.entries()) {
      row.push(((source[j] as number) - dot(row, above, j)) / (above[j] as number));
    }
    const square = (source[i] as number) - dot(row, row, i);
    if (!(square > 0)) return undefined;
    lower.push([...row, Math.sqrt(square)]);
  }
  return lower;
}

/** Sum of the products of the first `length` entries, which both have. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>, length: number = a.length): number {
  let sum = 0;
  for (let k = 0; k < length; k += 1) sum += (a[k] as number) * (b[k] as number);
  return sum;
}
