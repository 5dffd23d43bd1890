import { type Consumer, consumers, hears } from '../../../shared/contracts/topology.ts';
import { assumed } from '../reference.ts';
import { MESSAGES_PER_REQUEST, queueRequestsOf } from '../rules.ts';
import type { Tally } from '../usage.ts';

export interface Batch {
  readonly consumer: Consumer;
  /** When Lambda hands it over. */
  readonly at: number;
  readonly bodies: readonly string[];
}

export interface Queues {
  /** Puts a message before everybody who listens to it. */
  send(name: string, body: string, at: number): void;
  /** The batches that are complete at this time, in their order. */
  due(at: number): readonly Batch[];
}

interface Gathering {
  readonly closesAt: number;
  readonly bodies: string[];
  bytes: number;
}

/** Lambda hands over at most 6 MB at once; a body is a string inside of JSON there, with its quotes escaped. */
const MOST_BYTES = 5_000_000;

/**
 * What lies between bus and functions: a queue for each consumer, read by pollers that each gather a batch until it
 * is full or its window ends. A message that comes alone is received alone.
 */
export function queues({ tally }: { readonly tally: Tally }): Queues {
  const gathering = new Map<string, Gathering>();
  const complete: Batch[] = [];
  let turn = 0;

  const close = (place: string, consumer: Consumer, at: number): void => {
    const { bodies = [] } = gathering.get(place) ?? {};
    gathering.delete(place);
    complete.push({ consumer, at, bodies });
    tally.count('queueRequests', Math.ceil(bodies.length / MESSAGES_PER_REQUEST));
  };

  const closeDue = (at: number): void => {
    for (const [place, { closesAt }] of gathering)
      if (closesAt <= at) close(place, place.split(' ', 1)[0] as Consumer, closesAt);
  };

  const take = (consumer: Consumer, body: string, at: number): void => {
    const { batch, windowSeconds } = consumers[consumer];
    const bytes = Buffer.byteLength(body);
    // Sent by the bus, received by Lambda; deletions are counted by the batch.
    tally.count('queueRequests', 2 * queueRequestsOf(bytes));
    const place = `${consumer} ${turn % assumed.pollers}`;
    const own = gathering.get(place) ?? { closesAt: at + windowSeconds * 1_000, bodies: [], bytes: 0 };
    own.bodies.push(body);
    own.bytes += bytes;
    gathering.set(place, own);
    if (own.bodies.length >= batch || own.bytes >= MOST_BYTES) close(place, consumer, at);
  };

  return {
    send(name, body, at) {
      closeDue(at);
      turn += 1;
      const detail = body.includes('"about":"tills"') ? { about: 'tills' } : {};
      for (const consumer of Object.keys(consumers) as Consumer[])
        if (hears(consumer, name, detail)) take(consumer, body, at);
    },
    due(at) {
      closeDue(at);
      return complete.splice(0).sort((a, b) => a.at - b.at);
    },
  };
}
