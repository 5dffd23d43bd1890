import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { eventBridgeBus } from '../../shared/adapters/aws/event-bridge-bus.ts';
import type { Message } from '../../shared/contracts/messages.ts';
import { consumers } from '../../shared/contracts/topology.ts';
import { busContract } from '../contract/bus.contract.ts';

const mock = mockClient(EventBridgeClient);
const client = new EventBridgeClient({ region: 'eu-west-1' });
let waits: number[] = [];
const patience = {
  random: () => 0.5,
  sleep: async (millis: number) => {
    waits.push(millis);
  },
  attempts: 4,
};

beforeEach(() => {
  mock.reset();
  waits = [];
});

const shardDue = (shard: number, campaign = 'spring'): Message => ({
  name: 'campaign.shard-due',
  detail: { campaign, shard, of: 1_000 },
});
const shardOf = (entry: PutEventsRequestEntry): number => JSON.parse(entry.Detail ?? '').shard;

/** A bus that answers each entry with what `codeOf` says, or takes it. */
function answering(codeOf: (shard: number, call: number) => string | undefined) {
  const calls: number[][] = [];
  mock.on(PutEventsCommand).callsFake(async ({ Entries }: { Entries: PutEventsRequestEntry[] }) => {
    const shards = Entries.map(shardOf);
    calls.push(shards);
    const codes = shards.map((shard) => codeOf(shard, calls.length));
    return {
      FailedEntryCount: codes.filter((code) => code !== undefined).length,
      Entries: codes.map((code, index) =>
        code === undefined ? { EventId: `${index}` } : { ErrorCode: code },
      ),
    };
  });
  return calls;
}

const publish = (messages: readonly Message[]) =>
  eventBridgeBus(client, 'clientele-test', patience).publish(messages);

busContract('the EventBridge bus', async () => {
  const taken: PutEventsRequestEntry[] = [];
  mock.on(PutEventsCommand).callsFake(async ({ Entries }: { Entries: PutEventsRequestEntry[] }) => {
    const bytes = Entries.reduce(
      (sum, { Source, DetailType, Detail }) => sum + Buffer.byteLength(`${Source}${DetailType}${Detail}`),
      0,
    );
    if (Entries.length < 1 || Entries.length > 10 || bytes > 256 * 1024)
      throw new Error('ValidationException');
    taken.push(...Entries);
    return { FailedEntryCount: 0, Entries: Entries.map(() => ({ EventId: '1' })) };
  });
  return {
    bus: eventBridgeBus(client, 'clientele-test', patience),
    received: async (consumer) =>
      taken
        .filter(({ DetailType }) => consumers[consumer].on.some((heard: string) => heard === DetailType))
        .map(({ DetailType, Detail }) => ({ name: DetailType, detail: JSON.parse(Detail ?? '') }) as Message),
    break: () => {
      mock.on(PutEventsCommand).rejects(Object.assign(new Error('no way out'), { name: 'TimeoutError' }));
    },
  };
});

describe('an entry', () => {
  it('carries source, name and detail to our bus', async () => {
    answering(() => undefined);

    await publish([shardDue(7)]);

    expect(mock.commandCalls(PutEventsCommand).map(({ args }) => args[0].input.Entries)).toEqual([
      [
        {
          EventBusName: 'clientele-test',
          Source: 'clientele',
          DetailType: 'campaign.shard-due',
          Detail: JSON.stringify({ campaign: 'spring', shard: 7, of: 1_000 }),
        },
      ],
    ]);
  });
});

describe('many messages', () => {
  it('go in calls of ten', async () => {
    const calls = answering(() => undefined);

    await publish(Array.from({ length: 23 }, (_, shard) => shardDue(shard)));

    expect(calls.map(({ length }) => length)).toEqual([10, 10, 3]);
    expect(calls.flat()).toEqual(Array.from({ length: 23 }, (_, shard) => shard));
  });

  it('go in calls of at most 256 KB, counted in bytes', async () => {
    const calls = answering(() => undefined);

    // 30,000 characters of two bytes each.
    await publish(Array.from({ length: 9 }, (_, shard) => shardDue(shard, 'é'.repeat(30_000))));

    expect(calls.map(({ length }) => length)).toEqual([4, 4, 1]);
  });
});

describe('entries that the bus did not take', () => {
  it('are sent again alone, after growing waits', async () => {
    const calls = answering((shard, call) =>
      shard % 2 === 1 && call < 3 ? 'ThrottlingException' : undefined,
    );

    await publish([0, 1, 2, 3].map((shard) => shardDue(shard)));

    expect(calls).toEqual([
      [0, 1, 2, 3],
      [1, 3],
      [1, 3],
    ]);
    expect(waits).toEqual([25, 50]);
  });

  it('make it throw when they are never taken, naming how many and why', async () => {
    const calls = answering((shard) => (shard === 12 ? 'InternalFailure' : undefined));

    const publishing = publish(Array.from({ length: 25 }, (_, shard) => shardDue(shard)));

    await expect(publishing).rejects.toMatchObject({
      code: 'events-not-accepted',
      retryable: true,
      message: '1 message(s) were not accepted by the bus: InternalFailure',
    });
    expect(calls.slice(2)).toEqual([[12], [12], [12]]);
  });

  it('make it throw at once when waiting does not help', async () => {
    const calls = answering((shard) => (shard === 1 ? 'NotAuthorizedForSourceException' : undefined));

    await expect(publish([shardDue(0), shardDue(1)])).rejects.toMatchObject({ code: 'events-not-accepted' });
    expect(calls).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  it('make it throw when the whole call failed, with what failed', async () => {
    const cause = Object.assign(new Error('denied'), { name: 'AccessDeniedException' });
    mock.on(PutEventsCommand).rejects(cause);

    await expect(publish([shardDue(0), shardDue(1)])).rejects.toMatchObject({
      message: '2 message(s) were not accepted by the bus: AccessDeniedException',
      cause,
    });
  });
});
