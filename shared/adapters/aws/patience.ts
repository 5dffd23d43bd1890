/** How an adapter waits before it tries again. */
export interface Patience {
  /** In [0, 1). */
  readonly random: () => number;
  readonly sleep: (millis: number) => Promise<unknown>;
  readonly attempts: number;
}

const FIRST_MILLIS = 25;
const LONGEST_MILLIS = 2_000;

/** On top of the SDK's own attempts: about 5 s in all. */
export const patient: Patience = {
  random: Math.random,
  sleep: (millis) => new Promise((resolve) => setTimeout(resolve, millis)),
  attempts: 9,
};

/**
 * Waits before attempt `attempt` + 1: a random part of a time that doubles, so that those who failed together
 * do not meet again. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter ("full jitter")
 */
export const backOff = ({ random, sleep }: Patience, attempt: number): Promise<unknown> =>
  sleep(random() * Math.min(LONGEST_MILLIS, FIRST_MILLIS * 2 ** attempt));
