import { setTimeout as pause } from 'node:timers/promises';
import { type Sent, till } from '../generated/receipts.ts';
import { server } from '../kit/job.ts';
import { type Latency, latencyOf } from '../kit/latency.ts';
import { connections } from '../kit/post.ts';

export interface TillsInput {
  readonly url: string;
  readonly key: string;
  readonly run: string;
  readonly tills: number;
  readonly batch: number;
  readonly seconds: number;
  readonly members: number;
  /** Receipts a second over all tills; left out, each sends the next batch as soon as the last is answered. */
  readonly perSecond?: number;
  /** Share of what they send that they told before. */
  readonly doubled?: number;
}

export interface TillsResult extends Sent {
  /** Epoch milliseconds of the first request and of the last answer. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly answers: Latency;
}

/** Tills that each hold one connection and post batch after batch. Any answer but "taken" ends the benchmark. */
await server<TillsInput>(async ({ url, key, run, tills, batch, seconds, members, perSecond, doubled }) => {
  const call = connections(url, key, tills);
  const sent: Sent = { receipts: 0, gross: 0, returned: 0 };
  const millis: number[] = [];
  const everyMillis = perSecond === undefined ? 0 : (1_000 * batch * tills) / perSecond;

  const post = async (events: readonly object[]): Promise<void> => {
    const { status, text } = await call('POST', '/v1/events', JSON.stringify({ events }));
    if (status !== 202 || text.includes('"rejected"'))
      throw new Error(`The host answered ${status}: ${text.slice(0, 500)}`);
  };

  const work = async (number: number, started: number): Promise<void> => {
    const next = till({ till: number, run, members, ...(doubled && { doubled }) }, sent);
    const end = started + seconds * 1_000;
    for (let due = started + (everyMillis * number) / tills; performance.now() < end; due += everyMillis) {
      const early = due - performance.now();
      if (everyMillis > 0 && early > 0) await pause(early);
      const events = Array.from({ length: batch }, next);
      const asked = performance.now();
      await post(events);
      millis.push(performance.now() - asked);
    }
  };

  const go = async (): Promise<TillsResult> => {
    const firstAt = Date.now();
    const started = performance.now();
    await Promise.all(Array.from({ length: tills }, (_, number) => work(number, started)));
    return { ...sent, firstAt, lastAt: Date.now(), answers: latencyOf(millis) };
  };
  return { ready: {}, questions: { go }, stop: async () => undefined };
});
