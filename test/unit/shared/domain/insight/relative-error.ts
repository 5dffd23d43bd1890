/** Distance as a share of what was expected, the only kind that means something for a probability of 1e-7. */
export const relativeError = (actual: number, expected: number): number =>
  Math.abs(actual - expected) / Math.max(Math.abs(expected), Number.MIN_VALUE);
