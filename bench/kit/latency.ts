/** How long answers took, milliseconds. */
export interface Latency {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly most: number;
}

/** Exact, by the nearest rank: p99 is the least time that 99 % of the answers did not exceed. */
export function latencyOf(millis: readonly number[]): Latency {
  const ascending = millis.toSorted((a, b) => a - b);
  const at = (share: number): number => ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? 0;
  return { count: millis.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), most: at(1) };
}
