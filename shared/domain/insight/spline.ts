/**
 * A smooth curve that is linear outside its outer knots: Harrell, "Regression Modeling Strategies",
 * 2nd edition, section 2.4.5 (restricted cubic splines), equations 2.24 to 2.28.
 */
export interface SplineBasis {
  /** Ascending; fewer than three give a straight line. */
  readonly knots: readonly number[];
}

/** Quantiles at which the knots are placed: Harrell's table 2.3, five knots. */
const KNOT_QUANTILES = [0.05, 0.275, 0.5, 0.725, 0.95] as const;

/** Knots for these values. Values that are often equal give fewer knots, down to none. */
export function basisFor(values: readonly number[]): SplineBasis {
  const ascending = [...values].sort((a, b) => a - b);
  const knots = KNOT_QUANTILES.map((q) => ascending[Math.round(q * (ascending.length - 1))] ?? 0);
  const distinct = [...new Set(knots)];
  return { knots: distinct.length < 3 ? [] : distinct };
}

/** x itself and one column for each knot but two. */
export const columnsOf = ({ knots }: SplineBasis, x: number): number[] => [
  x,
  ...knots.slice(0, -2).map((_, j) => bend(knots, j, x)),
];

/** The j-th bend, scaled by the range of the knots so that its coefficient has the unit of x (equation 2.25). */
function bend(knots: readonly number[], j: number, x: number): number {
  const { own, beforeLast, last, range } = weightsOf(knots, j);
  const [penultimate, ultimate] = [knots.at(-2) ?? 0, knots.at(-1) ?? 0];
  return (
    (own * cubeAbove(x, knots[j] ?? 0) +
      beforeLast * cubeAbove(x, penultimate) +
      last * cubeAbove(x, ultimate)) /
    range
  );
}

function weightsOf(knots: readonly number[], j: number) {
  const [own, penultimate, ultimate] = [knots[j] ?? 0, knots.at(-2) ?? 0, knots.at(-1) ?? 0];
  const width = ultimate - penultimate;
  return {
    own: 1,
    beforeLast: -(ultimate - own) / width,
    last: (penultimate - own) / width,
    range: (ultimate - (knots[0] ?? 0)) ** 2,
  };
}

const cubeAbove = (x: number, knot: number): number => (x > knot ? (x - knot) ** 3 : 0);

/** A fitted curve, ready to be evaluated: slope · x + Σ cubes[i] · (x - knots[i])³ above the knot. */
export interface Curve {
  readonly slope: number;
  readonly knots: readonly number[];
  readonly cubes: readonly number[];
}

/** The restated form with one cube a knot (equations 2.27 and 2.28). */
export function curveFrom({ knots }: SplineBasis, coefficients: readonly number[]): Curve {
  const cubes = knots.map(() => 0);
  const add = (index: number, amount: number): void => {
    cubes[index] = (cubes[index] ?? 0) + amount;
  };
  for (let j = 0; j < knots.length - 2; j += 1) {
    const { own, beforeLast, last, range } = weightsOf(knots, j);
    const scaled = (coefficients[j + 1] ?? 0) / range;
    add(j, scaled * own);
    add(knots.length - 2, scaled * beforeLast);
    add(knots.length - 1, scaled * last);
  }
  return { slope: coefficients[0] ?? 0, knots, cubes };
}

/** The height of the curve at x. */
export function heightAt({ slope, knots, cubes }: Curve, x: number): number {
  let height = slope * x;
  for (let index = 0; index < knots.length; index += 1) {
    const above = x - (knots[index] as number);
    if (above <= 0) break;
    height += (cubes[index] as number) * above * above * above;
  }
  return height;
}
