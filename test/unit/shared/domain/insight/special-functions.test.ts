import { describe, expect, it } from 'vitest';
import {
  hyp2f1,
  lnBeta,
  lnGamma,
  logAddExp,
  logistic,
} from '../../../../../shared/domain/insight/special-functions.ts';
import { relativeError } from './relative-error.ts';

describe('ln Gamma', () => {
  // Abramowitz and Stegun, chapter 6: Γ(1/2) = √π, Γ(n) = (n - 1)!; near zero lnΓ(x) = -ln x - γx + π²x²/12.
  it.each([
    [1e-5, 11.512919692895826],
    [0.1, 2.252712651734206],
    [0.5, 0.5 * Math.log(Math.PI)],
    [1.5, Math.log(Math.sqrt(Math.PI) / 2)],
    [5, Math.log(24)],
    [21, Math.log(2432902008176640000)],
    [1000, 5905.220423209181],
  ])('of %f agrees with the tables', (x, expected) => {
    expect(relativeError(lnGamma(x), expected)).toBeLessThan(1e-13);
  });

  it('follows Γ(x + 1) = x Γ(x)', () => {
    for (const x of [1e-4, 0.3, 0.5, 7.7]) {
      expect(lnGamma(x + 1)).toBeCloseTo(lnGamma(x) + Math.log(x), 12);
    }
  });

  it('is zero at one and two', () => {
    expect(lnGamma(1)).toBeCloseTo(0, 14);
    expect(lnGamma(2)).toBeCloseTo(0, 14);
  });
});

describe('ln Beta', () => {
  it('agrees with B(2, 3) = 1/12', () => {
    expect(relativeError(lnBeta(2, 3), -Math.log(12))).toBeLessThan(1e-13);
  });
});

describe("Gauss' hypergeometric series", () => {
  // Abramowitz and Stegun 15.1.3, 15.1.8 and 15.1.4.
  it.each([0.01, 0.5, 0.9, 0.99])('meets its elementary cases at z = %f', (z) => {
    expect(relativeError(hyp2f1(1, 1, 2, z), -Math.log1p(-z) / z)).toBeLessThan(1e-9);
    expect(relativeError(hyp2f1(1.7, 3.2, 3.2, z), (1 - z) ** -1.7)).toBeLessThan(1e-9);
    expect(relativeError(hyp2f1(0.5, 1, 1.5, z), Math.atanh(Math.sqrt(z)) / Math.sqrt(z))).toBeLessThan(1e-9);
  });

  it('is one where a parameter or the argument is zero', () => {
    expect(hyp2f1(0, 2, 3, 0.7)).toBe(1);
    expect(hyp2f1(2, 3, 4, 0)).toBe(1);
  });

  it('ends with a finite number next to z = 1, where it may not reach its tolerance', () => {
    expect(hyp2f1(1, 1, 2.5, 1 - 1e-12)).toBeGreaterThan(2.9);
    // Gauss' theorem: Γ(2.5) Γ(0.5) / Γ(1.5)² = 3 at z = 1.
    expect(hyp2f1(1, 1, 2.5, 1 - 1e-12)).toBeLessThan(3);
  });
});

describe('the sum of two exponentials in logs', () => {
  it('does not overflow and does not lose the smaller one', () => {
    expect(logAddExp(1000, 1000)).toBeCloseTo(1000 + Math.LN2, 10);
    expect(logAddExp(-1000, -1001)).toBeCloseTo(-1000 + Math.log1p(Math.exp(-1)), 10);
  });

  it('takes the log of nothing', () => {
    expect(logAddExp(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
    expect(logAddExp(Number.NEGATIVE_INFINITY, 3)).toBe(3);
  });
});

describe('the logistic function', () => {
  it('stays between 0 and 1 however far out and is symmetric', () => {
    expect(logistic(800)).toBe(1);
    expect(logistic(-800)).toBe(0);
    expect(logistic(0)).toBe(0.5);
    expect(logistic(2) + logistic(-2)).toBeCloseTo(1, 15);
    expect(relativeError(logistic(-30), Math.exp(-30))).toBeLessThan(1e-12);
  });
});
