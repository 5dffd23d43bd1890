/** What a fit ended in. A fit that did not converge is a different type, so nobody uses it by accident. */
export type Fit<Params> =
  | { readonly status: 'converged'; readonly params: Params; readonly logLikelihood: number }
  | { readonly status: 'stopped'; readonly because: 'iterations' | 'not-finite'; readonly last: Params };

export type Minimum =
  | { readonly status: 'converged'; readonly at: readonly number[]; readonly value: number }
  | {
      readonly status: 'stopped';
      readonly because: 'iterations' | 'not-finite';
      readonly at: readonly number[];
    };

interface Options {
  /** Stop when the simplex is flatter than this, relative to the value. */
  readonly tolerance: number;
  readonly evaluations: number;
}

const defaults: Options = { tolerance: 1e-11, evaluations: 6_000 };

interface Vertex {
  readonly at: readonly number[];
  readonly value: number;
}

/**
 * A positive parameter from its log. Outside e^±7 (a factor of 1,100) the likelihood of real customers is flat
 * and the numbers only lose digits.
 */
export const fromLog = (log: number): number => Math.exp(Math.min(7, Math.max(-7, log)));

/**
 * Nelder and Mead's simplex (The Computer Journal 7, 1965), started again around its own result until a
 * fresh simplex finds nothing better: that is its cure for stopping early. Values that are not finite
 * count as infinitely high, so it walks around holes in the domain.
 */
export function minimise(
  objective: (at: readonly number[]) => number,
  start: readonly number[],
  options: Partial<Options> = {},
): Minimum {
  const { tolerance, evaluations } = { ...defaults, ...options };
  let left = evaluations;
  const evaluate = (at: readonly number[]): Vertex => {
    left -= 1;
    const value = objective(at);
    return { at, value: Number.isFinite(value) ? value : Number.POSITIVE_INFINITY };
  };

  let best = evaluate(start);
  if (best.value === Number.POSITIVE_INFINITY) return { status: 'stopped', because: 'not-finite', at: start };
  while (left > 0) {
    const found = descend(simplexAround(best, evaluate), evaluate, tolerance, () => left > 0);
    const gained = best.value - found.value;
    best = found;
    if (left > 0 && gained <= tolerance * 10 * (1 + Math.abs(best.value)))
      return { status: 'converged', ...best };
  }
  return { status: 'stopped', because: 'iterations', at: best.at };
}

type Evaluate = (at: readonly number[]) => Vertex;

/** Edge of a fresh simplex: a log-parameter is moved by half, that is a factor of 1.6. */
const EDGE = 0.5;

const simplexAround = (centre: Vertex, evaluate: Evaluate): Vertex[] => [
  centre,
  ...centre.at.map((_, axis) => evaluate(centre.at.map((x, index) => (index === axis ? x + EDGE : x)))),
];

function descend(simplex: Vertex[], evaluate: Evaluate, tolerance: number, mayGoOn: () => boolean): Vertex {
  let vertices = sorted(simplex);
  while (mayGoOn() && spread(vertices) > tolerance) vertices = sorted(step(vertices, evaluate));
  return vertices[0] as Vertex;
}

const sorted = (vertices: Vertex[]): Vertex[] => vertices.sort((a, b) => a.value - b.value);

const spread = (vertices: readonly Vertex[]): number => {
  const low = (vertices[0] as Vertex).value;
  return ((vertices.at(-1) as Vertex).value - low) / (1 + Math.abs(low));
};

/** One move of the simplex: reflect the worst vertex, then stretch, contract or shrink. */
function step(vertices: readonly Vertex[], evaluate: Evaluate): Vertex[] {
  const others = vertices.slice(0, -1);
  const [best, worst] = [vertices[0] as Vertex, vertices.at(-1) as Vertex];
  const centre = best.at.map(
    (_, axis) => others.reduce((sum, { at }) => sum + (at[axis] as number), 0) / others.length,
  );
  const along = (factor: number): Vertex => evaluate(between(centre, worst.at, factor));

  const reflected = along(-1);
  if (reflected.value < best.value) {
    const stretched = along(-2);
    return [...others, stretched.value < reflected.value ? stretched : reflected];
  }
  if (reflected.value < (others.at(-1) as Vertex).value) return [...others, reflected];
  const contracted = along(reflected.value < worst.value ? -0.5 : 0.5);
  if (contracted.value < Math.min(reflected.value, worst.value)) return [...others, contracted];
  return [best, ...vertices.slice(1).map(({ at }) => evaluate(between(best.at, at, 0.5)))];
}

/** The point at `factor` of the way from one to the other; beyond it above 1, on the far side below 0. */
const between = (from: readonly number[], to: readonly number[], factor: number): number[] =>
  from.map((x, axis) => x + factor * ((to[axis] as number) - x));
