import { dot } from './linear-algebra.ts';

/**
 * The shape of a smooth curve that is linear outside its outer knots: restricted cubic splines, Harrell,
 * "Regression Modeling Strategies", 2nd edition, section 2.4.5.
 */
export interface SplineBasis {
  /** Ascending; none give a straight line. */
  readonly knots: readonly number[];
  /** For each knot but two, how much of each knot's cube its bend is made of. */
  readonly bends: readonly (readonly number[])[];
}

/** Quantiles at which the knots are placed: Harrell's five (table 2.3). */
const KNOT_QUANTILES = [0.05, 0.275, 0.5, 0.725, 0.95] as const;

/** Knots for these values. Values that are often equal give fewer knots; fewer than three give a line. */
export function basisFor(values: readonly number[]): SplineBasis {
  const ascending = [...values].sort((a, b) => a - b);
  const knots = new Set(
    KNOT_QUANTILES.flatMap((q) => ascending[Math.round(q * (ascending.length - 1))] ?? []),
  );
  return basisWith(knots.size < 3 ? [] : [...knots]);
}

/** Bends are scaled by the range of the knots, so that their coefficients have the unit of x. */
export function basisWith(knots: readonly number[]): SplineBasis {
  const [first = 0] = knots;
  const [beforeLast = 0, last = 0] = knots.slice(-2);
  const weight = (own: number, knot: number): number => {
    if (knot === beforeLast) return -(last - own) / (last - beforeLast);
    if (knot === last) return (beforeLast - own) / (last - beforeLast);
    return knot === own ? 1 : 0;
  };
  const bends = knots.slice(0, -2).map((own) => knots.map((knot) => weight(own, knot) / (last - first) ** 2));
  return { knots, bends };
}

/** x itself and one column for each bend. */
export function columnsOf({ knots, bends }: SplineBasis, x: number): number[] {
  const cubes = knots.map((knot) => (x > knot ? (x - knot) ** 3 : 0));
  return [x, ...bends.map((bend) => dot(bend, cubes))];
}

/** A fitted curve, ready to be evaluated: slope · x + Σ cubes[i] · (x - knots[i])³ above the knot. */
export interface Curve {
  readonly slope: number;
  readonly knots: readonly number[];
  readonly cubes: readonly number[];
}

/** Joins a coefficient for x and one for each bend into one cube a knot. */
export const curveFrom = ({ knots, bends }: SplineBasis, coefficients: readonly number[]): Curve => ({
  slope: coefficients[0] as number,
  knots,
  cubes: knots.map((_, knot) =>
    dot(
      bends.map((bend) => bend[knot] as number),
      coefficients.slice(1),
    ),
  ),
});

/** The height of the curve at x. */
export function heightAt({ slope, knots, cubes }: Curve, x: number): number {
  let height = slope * x;
  for (const [index, knot] of knots.entries()) {
    const above = x - knot;
    if (above <= 0) break;
    height += (cubes[index] as number) * above * above * above;
  }
  return height;
}
