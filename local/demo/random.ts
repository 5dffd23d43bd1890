import { fractionOf } from '../../shared/domain/kernel/fraction.ts';

/** Numbers that look like chance and depend on the seed alone. */
export interface Random {
  /** In [0, 1). */
  fraction(): number;
  between(low: number, high: number): number;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  weighted<T>(items: readonly T[], weightOf: (item: T) => number): T;
  exponential(mean: number): number;
  normal(mean: number, deviation: number): number;
  gamma(shape: number, mean: number): number;
  beta(a: number, b: number): number;
  poisson(mean: number): number;
  /** A stream of its own for one purpose, so that a draw more here changes nothing there. */
  fork(purpose: string): Random;
}

export function seeded(seed: string): Random {
  const fraction = sfc32([0, 1, 2, 3].map((word) => fractionOf(`${seed}/${word}`) * 2 ** 32));

  const normal = (mean: number, deviation: number): number =>
    // Box and Muller 1958; 1 - fraction is never 0.
    mean + deviation * Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction());

  /** Marsaglia and Tsang 2000; below shape 1 by their remark in section 6. Mean `shape`. */
  const standardGamma = (shape: number): number => {
    if (shape < 1) return standardGamma(shape + 1) * (1 - fraction()) ** (1 / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const x = normal(0, 1);
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(1 - fraction()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
    }
  };

  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(fraction() * items.length)];
    if (item === undefined) throw new RangeError('there is nothing to pick from');
    return item;
  };

  return {
    fraction,
    between: (low, high) => low + fraction() * (high - low),
    whole: (low, high) => low + Math.floor(fraction() * (high - low + 1)),
    chance: (probability) => fraction() < probability,
    pick,
    weighted(items, weightOf) {
      let left = fraction() * items.reduce((sum, item) => sum + weightOf(item), 0);
      for (const item of items) {
        left -= weightOf(item);
        if (left < 0) return item;
      }
      return pick(items);
    },
    exponential: (mean) => -mean * Math.log(1 - fraction()),
    normal,
    gamma: (shape, mean) => (standardGamma(shape) * mean) / shape,
    beta(a, b) {
      const x = standardGamma(a);
      return x / (x + standardGamma(b));
    },
    /** Knuth's product of fractions: quick for the small means that we need. */
    poisson(mean) {
      let count = 0;
      for (let left = fraction(); left > Math.exp(-mean); left *= fraction()) count += 1;
      return count;
    },
    fork: (purpose) => seeded(`${seed}/${purpose}`),
  };
}

/** Small fast counter, 128 bits of state (Doty-Humphrey, PractRand, public domain). */
function sfc32(words: readonly number[]): () => number {
  let [a = 0, b = 0, c = 0, counter = 0] = words;
  const next = (): number => {
    const mixed = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + mixed;
    return (mixed >>> 0) / 2 ** 32;
  };
  // The first numbers still show the seed.
  for (let round = 0; round < 12; round += 1) next();
  return next;
}
