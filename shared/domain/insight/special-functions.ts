/** Lanczos' approximation with g = 7 and nine terms (Godfrey 2001): relative error below 1e-14 for x > 0. */
const LANCZOS_G = 7;
const LANCZOS_CONSTANT = 0.99999999999980993;
const LANCZOS: readonly number[] = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** ln Γ(x) for x > 0. */
export function lnGamma(x: number): number {
  const shifted = x - 1;
  const sum = LANCZOS.reduce((total, c, index) => total + c / (x + index), LANCZOS_CONSTANT);
  const t = shifted + LANCZOS_G + 0.5;
  return HALF_LOG_TWO_PI + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** ln B(a, b) for a, b > 0. */
export const lnBeta = (a: number, b: number): number => lnGamma(a) + lnGamma(b) - lnGamma(a + b);

/** ln(e^a + e^b) without overflow: the larger exponent is taken out first. */
export function logAddExp(a: number, b: number): number {
  const larger = Math.max(a, b);
  if (larger === Number.NEGATIVE_INFINITY) return larger;
  return larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
}

/** 1 / (1 + e^-x), which never overflows. */
export const logistic = (x: number): number =>
  x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));

/** A term this small against the sum no longer changes its digits. */
const SERIES_TOLERANCE = 1e-15;
/** Reached only where z is above 0.999; the terms have become small by then, and forecasts must not hang. */
const SERIES_TERMS = 20_000;

/**
 * `factor` times Gauss' hypergeometric series 2F1(a, b; c; z) for 0 <= z < 1 (Abramowitz and Stegun 15.1.1).
 * A tiny factor goes in first, so that it meets a huge series before that overflows.
 */
export function hyp2f1(a: number, b: number, c: number, z: number, factor = 1): number {
  let term = factor;
  let sum = factor;
  for (let n = 0; n < SERIES_TERMS; n += 1) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
    sum += term;
    if (Math.abs(term) <= SERIES_TOLERANCE * Math.abs(sum)) break;
  }
  return sum;
}
