import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  basisFor,
  basisWith,
  columnsOf,
  curveFrom,
  heightAt,
} from '../../../../../shared/domain/insight/spline.ts';

const value = fc.double({ min: -50, max: 50, noNaN: true });

describe('a restricted cubic spline', () => {
  const knots = [0, 1, 3, 6, 10];
  const curve = curveFrom(basisWith(knots), [0.5, 2, -1, 0.7]);
  const slopeAt = (x: number): number => (heightAt(curve, x + 1e-5) - heightAt(curve, x - 1e-5)) / 2e-5;

  it('has x and a bend for each knot but two', () => {
    expect(columnsOf(basisWith(knots), 4)).toHaveLength(4);
    expect(columnsOf(basisWith(knots), -3)).toEqual([-3, 0, 0, 0]);
  });

  it('takes its bends from the formula of the book', () => {
    // Harrell, section 2.4.5: j = 1 of knots 0, 1, 3, 6, 10 at x = 4 is (64 - 0 + 0) / 100.
    expect(columnsOf(basisWith(knots), 4)[1]).toBeCloseTo(0.64, 12);
    // At x = 8: (512 - 8 · 10 / 4) / 100.
    expect(columnsOf(basisWith(knots), 8)[1]).toBeCloseTo((512 - (8 * 10) / 4) / 100, 12);
  });

  it('is straight outside its outer knots', () => {
    expect(slopeAt(-5)).toBeCloseTo(0.5, 6);
    expect(slopeAt(12)).toBeCloseTo(slopeAt(40), 4);
    expect(Math.abs(slopeAt(5) - slopeAt(12))).toBeGreaterThan(0.1);
  });

  it('is smooth at every knot', () => {
    for (const knot of knots) expect(slopeAt(knot - 1e-4)).toBeCloseTo(slopeAt(knot + 1e-4), 2);
  });

  it('has the height that its columns and coefficients add up to', () => {
    fc.assert(
      fc.property(value, fc.array(value, { minLength: 4, maxLength: 4 }), (x, coefficients) => {
        const sum = columnsOf(basisWith(knots), x).reduce(
          (total, column, index) => total + column * (coefficients[index] ?? 0),
          0,
        );
        expect(heightAt(curveFrom(basisWith(knots), coefficients), x)).toBeCloseTo(sum, 6);
      }),
    );
  });
});

describe('placing knots', () => {
  it('takes five quantiles', () => {
    const values = Array.from({ length: 1_001 }, (_, index) => 1_000 - index);

    expect(basisFor(values).knots).toEqual([50, 275, 500, 725, 950]);
  });

  it('takes fewer where values repeat', () => {
    const values = [
      ...Array.from({ length: 60 }, () => 1),
      ...Array.from({ length: 40 }, (_, index) => 2 + index),
    ];

    expect(basisFor(values).knots).toEqual([1, 14, 36]);
  });

  it('settles for a straight line where there are fewer than three', () => {
    const basis = basisFor([0, 0, 0, 0, 1, 1]);

    expect(basis.knots).toEqual([]);
    expect(columnsOf(basis, 0.3)).toEqual([0.3]);
    expect(heightAt(curveFrom(basis, [2]), 0.3)).toBeCloseTo(0.6, 12);
    expect(basisFor([]).knots).toEqual([]);
  });
});
