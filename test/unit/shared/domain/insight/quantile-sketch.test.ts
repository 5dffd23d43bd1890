import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addValue,
  combineSketches,
  emptySketch,
  noValues,
  type QuantileSketch,
  quantile,
  RELATIVE_ACCURACY,
  wholeQuantile,
} from '../../../../../shared/domain/insight/quantile-sketch.ts';

const sketchOf = (values: readonly number[]): QuantileSketch => {
  const sketch = emptySketch();
  for (const value of values) addValue(sketch, value);
  return sketch;
};

const minor = fc.integer({ min: -2_000_000, max: 50_000_000 });
const values = fc.array(fc.oneof(minor, fc.integer({ min: -3, max: 60 })), { maxLength: 80 });
const someValues = fc.array(fc.oneof(minor, fc.integer({ min: -3, max: 60 })), {
  minLength: 1,
  maxLength: 200,
});
const share = fc.double({ min: 0, max: 1, noNaN: true });

const exact = (all: readonly number[], q: number): number =>
  [...all].sort((a, b) => a - b)[Math.max(1, Math.ceil(q * all.length)) - 1] ?? 0;

describe('quantile sketches are a commutative monoid', () => {
  it('any split in any order equals one sketch of everything', () => {
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        const whole = sketchOf([...a, ...b, ...c]);
        const [x, y, z] = [sketchOf(a), sketchOf(b), sketchOf(c)];
        expect(combineSketches(combineSketches(x, y), z)).toEqual(whole);
        expect(combineSketches(z, combineSketches(y, x))).toEqual(whole);
      }),
    );
  });

  it('adding nothing changes nothing', () => {
    fc.assert(
      fc.property(values, (a) => {
        expect(combineSketches(sketchOf(a), noValues)).toEqual(sketchOf(a));
        expect(combineSketches(noValues, sketchOf(a))).toEqual(sketchOf(a));
      }),
    );
  });

  it('combining leaves both parts as they were', () => {
    const [a, b] = [sketchOf([1, 2, 300]), sketchOf([-5, 2])];
    combineSketches(a, b);

    expect([a, b]).toEqual([sketchOf([1, 2, 300]), sketchOf([-5, 2])]);
  });

  it('survives a file of JSON', () => {
    fc.assert(
      fc.property(values, (a) => {
        expect(JSON.parse(JSON.stringify(sketchOf(a)))).toEqual(sketchOf(a));
      }),
    );
  });
});

describe('a quantile from a sketch', () => {
  it('is within one per cent of the exact one, also below zero', () => {
    fc.assert(
      fc.property(someValues, share, (all, q) => {
        const expected = exact(all, q);
        const distance = Math.abs((quantile(sketchOf(all), q) ?? Number.NaN) - expected);
        expect(distance).toBeLessThanOrEqual(RELATIVE_ACCURACY * Math.abs(expected) * (1 + 1e-9));
      }),
    );
  });

  it('has no answer without values', () => {
    expect(quantile(noValues, 0.5)).toBeUndefined();
    expect(wholeQuantile(noValues, 0.5)).toBe(0);
  });

  it('takes what is next to nothing as zero', () => {
    expect(sketchOf([1e-9, -1e-9, 0])).toEqual({ count: 3, zeros: 3, positive: {}, negative: {} });
    expect(quantile(sketchOf([1e-9]), 0.5)).toBe(0);
  });

  it('keeps its bins bounded however far the values spread', () => {
    const sketch = sketchOf(Array.from({ length: 40_000 }, (_, index) => 10 ** (index / 130 - 3)));

    expect(Object.keys(sketch.positive).length).toBeLessThanOrEqual(2_189);
    expect(sketch.count).toBe(40_000);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %f', (value) => {
    expect(() => addValue(emptySketch(), value)).toThrow(
      expect.objectContaining({ code: 'not-a-number', path: 'value' }),
    );
  });
});

describe('a quantile of whole numbers', () => {
  it('is not exceeded by at least the share asked for', () => {
    fc.assert(
      fc.property(someValues, share, (all, q) => {
        const threshold = wholeQuantile(sketchOf(all), q);
        expect(all.filter((value) => value <= threshold).length).toBeGreaterThanOrEqual(q * all.length);
      }),
    );
  });

  it('lies no more than a bin, two per cent, above the exact one', () => {
    fc.assert(
      fc.property(someValues, share, (all, q) => {
        const [threshold, expected] = [wholeQuantile(sketchOf(all), q), exact(all, q)];
        expect(threshold).toBeGreaterThanOrEqual(expected);
        expect(threshold - expected).toBeLessThanOrEqual(0.021 * Math.abs(expected));
      }),
    );
  });

  it('is exact for small numbers such as days and orders', () => {
    const days = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 20, 30, 40, 48, 49];

    expect([0.25, 0.5, 0.75, 1].map((q) => wholeQuantile(sketchOf(days), q))).toEqual([4, 8, 20, 49]);
    expect(wholeQuantile(sketchOf([-3, -2, -1, 0, 1]), 0.2)).toBe(-3);
    expect(wholeQuantile(sketchOf([-3, -2, -1, 0, 1]), 0.8)).toBe(0);
  });
});
