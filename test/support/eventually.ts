import { setTimeout as pause } from 'node:timers/promises';

/** How often it looks, at most, while it waits. */
const LOOKS = 800;

/** Asks again until the answer is as wanted; what is folded a moment later needs no fixed waiting time. */
export async function eventually<T>(
  look: () => Promise<T>,
  wanted: (answer: T) => boolean,
  millis = 20_000,
): Promise<T> {
  const deadline = Date.now() + millis;
  for (;;) {
    const answer = await look();
    if (wanted(answer)) return answer;
    if (Date.now() > deadline)
      throw new Error(`Waited ${millis} ms; the last answer was ${JSON.stringify(answer)}`);
    await pause(millis / LOOKS);
  }
}
