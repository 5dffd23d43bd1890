import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../shared/adapters/local/database.ts';
import { type Deliveries, deliveries } from '../../shared/adapters/local/deliveries.ts';
import { sqliteBus } from '../../shared/adapters/local/sqlite-bus.ts';
import { sqliteTable } from '../../shared/adapters/local/sqlite-table.ts';
import { keys } from '../../shared/contracts/keys.ts';
import type { Message } from '../../shared/contracts/messages.ts';
import { busContract } from '../contract/bus.contract.ts';
import { type ManualClock, manualClock } from '../contract/manual-clock.ts';

const VISIBILITY = 30_000;
const CONSUMER = 'campaigns/address-shard';
const shardDue = (shard: number): Message => ({
  name: 'campaign.shard-due',
  detail: { campaign: 'spring', shard, of: 9 },
});

let directory: string;
let path: string;
let database: Database;
let clock: ManualClock;
let queue: Deliveries;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'clientele-'));
  path = join(directory, 'clientele.db');
  database = openDatabase(path, { durable: false });
  clock = manualClock();
  queue = deliveries(database);
});

afterEach(() => {
  database.close();
  rmSync(directory, { recursive: true });
});

busContract('the local bus', async () => ({
  bus: sqliteBus(database, clock.now),
  received: async (consumer) =>
    queue.take(consumer, 1_000, clock.millis(), VISIBILITY).map(({ message }) => message),
  break: () => database.connection.exec('PRAGMA query_only = ON; PRAGMA busy_timeout = 0'),
}));

const publish = (count: number) =>
  sqliteBus(database, clock.now).publish(Array.from({ length: count }, (_, shard) => shardDue(shard)));
const take = (max = 100) => queue.take(CONSUMER, max, clock.millis(), VISIBILITY);
const takeOne = () => {
  const [first] = take(1);
  if (first === undefined) throw new Error('nothing is due');
  return first;
};

describe('deliveries that are taken', () => {
  it('come in the order they were published, at most as many as asked for', async () => {
    await publish(5);

    expect(take(3).map(({ message }) => message)).toEqual([shardDue(0), shardDue(1), shardDue(2)]);
    expect(take(3).map(({ message }) => message)).toEqual([shardDue(3), shardDue(4)]);
  });

  it('are hidden from other takers, and come back when nobody answered in time', async () => {
    await publish(1);
    const first = takeOne();

    clock.advance(29);
    expect(take()).toEqual([]);
    clock.advance(1);
    expect(take()).toEqual([first]);
  });

  it('are due again at once when their process was killed and a new one releases them', async () => {
    await publish(2);
    const [first] = take();
    queue.fail(first?.id ?? 0, 'passing', clock.millis());

    queue.release(clock.millis());

    expect(take()).toHaveLength(2);
  });

  it('stay dead letters when a new process releases them', async () => {
    await publish(1);
    for (let failure = 0; failure < 5; failure += 1) {
      clock.advance(100);
      queue.fail(takeOne().id, 'poison', clock.millis());
    }

    queue.release(clock.millis());

    expect(take()).toEqual([]);
    expect(queue.dead()[CONSUMER]).toBe(1);
  });

  it('are gone when done, and only they', async () => {
    await publish(3);
    const [first, second] = take();

    queue.done([first?.id ?? 0, second?.id ?? 0]);
    queue.done([]);

    clock.advance(60);
    expect(take().map(({ message }) => message)).toEqual([shardDue(2)]);
    expect(queue.pending()).toEqual({
      'customers/fold-events': 0,
      'ingest/archive-events': 0,
      'ingest/watch-feeds': 0,
      [CONSUMER]: 1,
    });
  });

  it('are each taken once by processes that take at the same time', async () => {
    await publish(300);
    const script = fileURLToPath(new URL('take-all.ts', import.meta.url));
    const taker = async (): Promise<number[]> => {
      const { stdout } = await promisify(execFile)(process.execPath, [script, path, String(clock.millis())]);
      return JSON.parse(stdout) as number[];
    };

    const taken = await Promise.all([taker(), taker(), taker()]);

    const ids = taken.flat().sort((a, b) => a - b);
    expect(ids).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
  });
});

describe('a delivery that fails', () => {
  it('comes again after 1, 4, 16 and 64 seconds and is then a dead letter', async () => {
    await publish(1);

    for (const [attempts, seconds] of [1, 4, 16, 64].entries()) {
      const { id, attempts: before } = takeOne();
      expect(before).toBe(attempts);
      queue.fail(id, 'render-failed', clock.millis());
      clock.advance(seconds - 0.001);
      expect(take()).toEqual([]);
      clock.advance(0.001);
    }
    queue.fail(takeOne().id, 'render-failed', clock.millis());

    clock.advance(1e7);
    expect(take()).toEqual([]);
    expect(queue.pending()[CONSUMER]).toBe(0);
    expect(queue.dead()).toEqual({
      'customers/fold-events': 0,
      'ingest/archive-events': 0,
      'ingest/watch-feeds': 0,
      [CONSUMER]: 1,
    });
    expect(database.connection.prepare('SELECT failed_reason, detail FROM deliveries').get()).toMatchObject({
      failed_reason: 'render-failed',
      detail: JSON.stringify(shardDue(0).detail),
    });
  });

  it('does not hold up the others', async () => {
    await publish(2);
    const [first, second] = take();
    queue.fail(first?.id ?? 0, 'poison', clock.millis());
    queue.done([second?.id ?? 0]);

    expect(queue.pending()[CONSUMER]).toBe(1);
  });

  it('is a dead letter when it ends its process every time', async () => {
    await publish(1);
    for (let crash = 0; crash < 25; crash += 1) {
      expect(take()).toHaveLength(1);
      clock.advance(VISIBILITY / 1_000);
    }

    expect(take()).toEqual([]);
    expect(queue.dead()[CONSUMER]).toBe(1);
    expect(database.connection.prepare('SELECT failed_reason FROM deliveries').get()).toMatchObject({
      failed_reason: 'no-answer',
    });
  });
});

describe('dead letters that are revived', () => {
  /** Fails what is due until it is dead. */
  const bury = (reason: string) => {
    for (const { id } of take())
      for (let failure = 0; failure < 5; failure += 1) queue.fail(id, reason, clock.millis());
  };

  it('are due at once, with all their attempts before them, and say why they had given up', async () => {
    await publish(2);
    bury('store-unavailable');
    await publish(1);
    bury('render-failed');
    expect(queue.deadFor(CONSUMER)).toEqual({ 'store-unavailable': 2, 'render-failed': 1 });

    expect(queue.revive(CONSUMER, clock.millis())).toEqual({ 'store-unavailable': 2, 'render-failed': 1 });

    expect(queue.deadFor(CONSUMER)).toEqual({});
    expect(queue.dead()[CONSUMER]).toBe(0);
    expect(take().map(({ attempts }) => attempts)).toEqual([0, 0, 0]);
  });

  it('are dead letters again after five more failures, with the new reason', async () => {
    await publish(1);
    bury('store-unavailable');
    queue.revive(CONSUMER, clock.millis());

    for (const seconds of [1, 4, 16, 64]) {
      queue.fail(takeOne().id, 'render-failed', clock.millis());
      clock.advance(seconds);
    }
    queue.fail(takeOne().id, 'render-failed', clock.millis());

    expect(queue.deadFor(CONSUMER)).toEqual({ 'render-failed': 1 });
  });

  it('may end their process as often as a new message may', async () => {
    await publish(1);
    const crash = () => {
      take();
      clock.advance(VISIBILITY / 1_000);
    };
    for (let crashes = 0; crashes < 25; crashes += 1) crash();
    take();
    expect(queue.revive(CONSUMER, clock.millis())).toEqual({ 'no-answer': 1 });

    for (let crashes = 0; crashes < 24; crashes += 1) crash();

    expect(take()).toHaveLength(1);
  });

  it('leave alone what waits, what is at work, and what others gave up', async () => {
    await publish(1);
    bury('render-failed');
    await publish(2);
    const [atWork] = take(1);

    expect(queue.revive('customers/fold-events', clock.millis())).toEqual({});
    expect(queue.dead()[CONSUMER]).toBe(1);
    queue.revive(CONSUMER, clock.millis());

    expect(take().map(({ id }) => id)).not.toContain(atWork?.id);
    expect(queue.pending()[CONSUMER]).toBe(3);
  });
});

describe('the outbox', () => {
  const post = (id: string, message: Message) =>
    sqliteTable(database, clock.now).commit([{ put: keys.outbox(id), value: { ...message }, expires: 1 }]);
  const left = () => Number(database.connection.prepare('SELECT COUNT(*) AS n FROM outbox').get()?.['n']);

  it('is carried to the consumers and emptied, expired or not', async () => {
    await post('a', shardDue(1));
    await post('b', shardDue(2));

    expect(queue.drainOutbox(clock.millis(), 10)).toBe(2);

    const shards = take().map(({ message }) => 'shard' in message.detail && message.detail.shard);
    expect(new Set(shards)).toEqual(new Set([1, 2]));
    expect(left()).toBe(0);
    expect(queue.drainOutbox(clock.millis(), 10)).toBe(0);
  });

  it('is carried in portions', async () => {
    for (const shard of [1, 2, 3]) await post(`id-${shard}`, shardDue(shard));

    expect(queue.drainOutbox(clock.millis(), 2)).toBe(2);
    expect(queue.pending()[CONSUMER]).toBe(2);
    expect(left()).toBe(1);
  });

  it('brings a message to every consumer that listens', async () => {
    await post('a', { name: 'events.accepted', detail: { events: [] } });

    queue.drainOutbox(clock.millis(), 10);

    expect(queue.pending()).toEqual({
      'customers/fold-events': 1,
      'ingest/archive-events': 1,
      'ingest/watch-feeds': 1,
      [CONSUMER]: 0,
    });
  });

  it('stays as it is when the deliveries cannot be written', async () => {
    await post('a', shardDue(1));
    database.connection.exec('PRAGMA query_only = ON');

    expect(() => queue.drainOutbox(clock.millis(), 10)).toThrow(
      expect.objectContaining({ code: 'store-unavailable' }),
    );

    database.connection.exec('PRAGMA query_only = OFF');
    expect(left()).toBe(1);
    expect(queue.pending()[CONSUMER]).toBe(0);
  });
});
