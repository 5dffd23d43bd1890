import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../local/demo/random.ts';

const many = 20_000;
const draw = (next: () => number): number[] => Array.from({ length: many }, next);
const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
const variance = (numbers: readonly number[]): number => {
  const middle = mean(numbers);
  return mean(numbers.map((x) => (x - middle) ** 2));
};

describe('a seeded stream of numbers', () => {
  it('is the same for the same seed and another for another', () => {
    const text = (seed: string): string => draw(seeded(seed).fraction).join();

    expect(text('a')).toBe(text('a'));
    expect(text('a')).not.toBe(text('b'));
  });

  it('stays what it is from version to version, so that a demo can be told about', () => {
    const { fraction } = seeded('clientele');

    expect([fraction(), fraction(), fraction()]).toEqual([
      0.002418251009657979, 0.0972154492046684, 0.9730106149800122,
    ]);
  });

  it('has branches of its own that a draw from the trunk does not move', () => {
    const trunk = seeded('a');
    const before = trunk.fork('branch').fraction();
    trunk.fraction();

    expect(trunk.fork('branch').fraction()).toBe(before);
    expect(trunk.fork('other').fraction()).not.toBe(before);
  });
});

describe('numbers of a known distribution', () => {
  const random = seeded('moments');

  // Mean and variance by the textbook; with 20,000 draws they miss by a few per cent at most.
  it.each([
    ['fraction', random.fraction, 1 / 2, 1 / 12],
    ['between', () => random.between(2, 8), 5, 3],
    ['whole', () => random.whole(1, 6), 3.5, 35 / 12],
    ['exponential', () => random.exponential(3), 3, 9],
    ['normal', () => random.normal(5, 2), 5, 4],
    ['gamma above shape 1', () => random.gamma(2.5, 5), 5, 10],
    ['gamma below shape 1', () => random.gamma(0.5, 2), 2, 8],
    ['beta', () => random.beta(2, 6), 1 / 4, 1 / 48],
    ['poisson', () => random.poisson(1.3), 1.3, 1.3],
    ['chance', () => Number(random.chance(0.2)), 0.2, 0.16],
  ] as const)('%s', (_, next, expectedMean, expectedVariance) => {
    const numbers = draw(next);

    expect(Math.abs(mean(numbers) / expectedMean - 1)).toBeLessThan(0.05);
    expect(Math.abs(variance(numbers) / expectedVariance - 1)).toBeLessThan(0.1);
  });

  it('are whole and within both ends', () => {
    expect(new Set(draw(() => random.whole(-1, 2)))).toEqual(new Set([-1, 0, 1, 2]));
  });

  it('pick evenly, or by weight', () => {
    const picked = draw(() => random.pick([0, 1, 2, 3]));
    const weighted = draw(() => random.weighted([1, 2, 5], (weight) => weight));

    expect(Math.abs(mean(picked) / 1.5 - 1)).toBeLessThan(0.03);
    expect(Math.abs(weighted.filter((weight) => weight === 5).length / many / 0.625 - 1)).toBeLessThan(0.03);
  });

  it('cannot be picked from nothing', () => {
    expect(() => random.pick([])).toThrow(RangeError);
  });
});
