import { setTimeout as pause } from 'node:timers/promises';
import { client } from '../../local/client.ts';
import { seeded } from '../../local/demo/random.ts';
import { memberNumber } from '../generated/members.ts';
import { job } from '../kit/job.ts';
import { type Latency, latencyOf } from '../kit/latency.ts';

export interface ClerkInput {
  readonly url: string;
  readonly key: string;
  readonly seconds: number;
  readonly perSecond: number;
  readonly members: number;
}

export interface ClerkResult {
  /** GET /v1/customers/{id} */
  readonly byId: Latency;
  /** POST /v1/customers/look-up */
  readonly byNumber: Latency;
}

const PEOPLE = 200;

/**
 * Looks members up at a steady pace, whether or not the last answer is there: an answer that is late does not
 * keep the next question from being asked.
 */
await job<ClerkInput, ClerkResult>(async ({ url, key, seconds, perSecond, members }) => {
  const { call } = client(url, key);
  const random = seeded('clerk');
  const people = await Promise.all(
    Array.from({ length: PEOPLE }, async () => {
      const member = memberNumber(random.whole(0, members - 1));
      const { id } = await call<{ id: string }>('POST', '/v1/customers/look-up', { member });
      return { member, id };
    }),
  );
  const byId: number[] = [];
  const byNumber: number[] = [];
  const ask = async (count: number): Promise<void> => {
    const { id, member } = random.pick(people);
    const asked = performance.now();
    if (count % 2 === 0) await call('GET', `/v1/customers/${id}`);
    else await call('POST', '/v1/customers/look-up', { member });
    (count % 2 === 0 ? byId : byNumber).push(performance.now() - asked);
  };
  const open: Promise<void>[] = [];
  const started = performance.now();
  for (let count = 0; count < seconds * perSecond; count += 1) {
    const early = started + (count * 1_000) / perSecond - performance.now();
    if (early > 0) await pause(early);
    open.push(ask(count));
  }
  await Promise.all(open);
  return { byId: latencyOf(byId), byNumber: latencyOf(byNumber) };
});
