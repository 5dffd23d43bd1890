import { setTimeout as pause } from 'node:timers/promises';
import { seeded } from '../../local/demo/random.ts';
import { memberNumber } from '../generated/members.ts';
import { server } from '../kit/job.ts';
import { type Latency, latencyOf } from '../kit/latency.ts';
import { connections } from '../kit/post.ts';

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
const COUNTERS = 8;

/**
 * Looks members up at a steady pace, whether or not the last answer is there: an answer that is late does not
 * keep the next question from being asked.
 */
await server<ClerkInput>(async ({ url, key, seconds, perSecond, members }) => {
  const call = connections(url, key, COUNTERS);
  const random = seeded('clerk');

  const ask = async (method: 'GET' | 'POST', path: string, body?: object): Promise<string> => {
    const { status, text } = await call(method, path, body && JSON.stringify(body));
    if (status !== 200) throw new Error(`The host answered ${status}: ${text.slice(0, 500)}`);
    return text;
  };
  const lookUp = (member: string): Promise<string> => ask('POST', '/v1/customers/look-up', { member });

  const people = await Promise.all(
    Array.from({ length: PEOPLE }, async () => {
      const member = memberNumber(random.whole(0, members - 1));
      const { id } = JSON.parse(await lookUp(member)) as { id: string };
      return { member, id };
    }),
  );

  const go = async (): Promise<ClerkResult> => {
    const byId: number[] = [];
    const byNumber: number[] = [];
    const one = async (count: number): Promise<void> => {
      const { id, member } = random.pick(people);
      const asked = performance.now();
      await (count % 2 === 0 ? ask('GET', `/v1/customers/${id}`) : lookUp(member));
      (count % 2 === 0 ? byId : byNumber).push(performance.now() - asked);
    };
    const open: Promise<void>[] = [];
    const started = performance.now();
    for (let count = 0; count < seconds * perSecond; count += 1) {
      const early = started + (count * 1_000) / perSecond - performance.now();
      if (early > 0) await pause(early);
      open.push(one(count));
    }
    await Promise.all(open);
    return { byId: latencyOf(byId), byNumber: latencyOf(byNumber) };
  };
  return { ready: {}, questions: { go }, stop: async () => undefined };
});
