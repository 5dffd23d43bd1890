import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type Sent, till } from '../generated/receipts.ts';
import { job } from '../kit/job.ts';
import { type Latency, latencyOf } from '../kit/latency.ts';

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
}

export interface TillsResult extends Sent {
  /** Epoch milliseconds of the first request and of the last answer. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly answers: Latency;
}

/** Tills that each hold one connection and post batch after batch. Any answer but "taken" ends the benchmark. */
await job<TillsInput, TillsResult>(async ({ url, key, run, tills, batch, seconds, members, perSecond }) => {
  const agent = new Agent({ keepAlive: true, maxSockets: tills });
  const sent: Sent = { receipts: 0, gross: 0, returned: 0 };
  const millis: number[] = [];
  const firstAt = Date.now();
  const started = performance.now();
  const end = started + seconds * 1_000;
  const everyMillis = perSecond === undefined ? 0 : (1_000 * batch * tills) / perSecond;

  const work = async (number: number): Promise<void> => {
    const next = till({ till: number, run, members }, sent);
    for (let due = started + (everyMillis * number) / tills; performance.now() < end; due += everyMillis) {
      const early = due - performance.now();
      if (everyMillis > 0 && early > 0) await pause(early);
      const body = JSON.stringify({ events: Array.from({ length: batch }, next) });
      const asked = performance.now();
      await post(`${url}/v1/events`, agent, key, body);
      millis.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: tills }, (_, number) => work(number)));
  return { ...sent, firstAt, lastAt: Date.now(), answers: latencyOf(millis) };
});

function post(url: string, agent: Agent, key: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const call = request(url, { method: 'POST', agent, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      answer.once('end', () => {
        if (answer.statusCode === 202 && !text.includes('"rejected"')) resolve();
        else reject(new Error(`The host answered ${answer.statusCode}: ${text.slice(0, 500)}`));
      });
    });
    call.once('error', reject);
    call.end(body);
  });
}
