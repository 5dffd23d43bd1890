import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { redriveOutbox } from '../../ops/redrive/redrive-outbox.ts';
import { openDatabase } from '../../shared/adapters/local/database.ts';
import { deliveries } from '../../shared/adapters/local/deliveries.ts';
import { sqliteBus } from '../../shared/adapters/local/sqlite-bus.ts';
import { sqliteTable } from '../../shared/adapters/local/sqlite-table.ts';
import { keys } from '../../shared/contracts/keys.ts';
import type { Bus } from '../../shared/ports/bus.ts';
import type { Table } from '../../shared/ports/table.ts';
import { type ManualClock, manualClock } from '../contract/manual-clock.ts';
import { type FakeSqs, fakeSqs } from './fake-sqs.ts';

const LETTERS = 'https://sqs/outbox-letters';
/** As Lambda writes it of records that it gave up on. */
const letter = JSON.stringify({
  requestContext: { functionArn: 'arn:aws:lambda:…', condition: 'RetryAttemptsExhausted' },
  responseContext: { statusCode: 200, functionError: 'Unhandled' },
  DDBStreamBatchInfo: { shardId: 'shardId-000', startSequenceNumber: '8006', endSequenceNumber: '8007' },
});

let sqs: FakeSqs;
let clock: ManualClock;
let table: Table;
let bus: Bus;
let received: () => number;

beforeEach(() => {
  sqs = fakeSqs();
  clock = manualClock();
  const database = openDatabase(':memory:', { durable: false });
  onTestFinished(() => database.close());
  table = sqliteTable(database, clock.now);
  bus = sqliteBus(database, clock.now);
  received = () => deliveries(database).pending()['campaigns/address-shard'];
});

const redrive = (dryRun = false, by: Bus = bus) =>
  redriveOutbox({ sqs: sqs.client, letters: LETTERS, table, bus: by }, { dryRun });

async function post(count: number): Promise<void> {
  for (let shard = 0; shard < count; shard += 1) {
    const value = { name: 'campaign.shard-due', detail: { campaign: 'spring', shard, of: count } };
    await table.commit([
      { put: keys.outbox(`spring#${shard}`), value, expires: Math.floor(clock.millis() / 1_000) + 3_600 },
    ]);
  }
}

describe('letters of the outbox', () => {
  it('send every message that still stands there to the bus, and are removed', async () => {
    await post(120);
    sqs.put(LETTERS, letter);
    sqs.put(LETTERS, letter);

    expect(await redrive()).toEqual({
      letters: 2,
      sent: 120,
      failed: 0,
      reasons: { RetryAttemptsExhausted: 2 },
      notes: [],
    });

    expect(received()).toBe(120);
    expect(sqs.bodies(LETTERS)).toEqual([]);
  });

  it('are only counted by a dry run', async () => {
    await post(3);
    sqs.put(LETTERS, letter);

    expect(await redrive(true)).toMatchObject({ letters: 1, sent: 3 });

    expect(received()).toBe(0);
    expect(sqs.bodies(LETTERS)).toHaveLength(1);
    expect(sqs.hidden(LETTERS)).toBe(0);
  });

  it('publish nothing where there are none: what stands in the outbox was published long ago', async () => {
    await post(3);

    expect(await redrive()).toMatchObject({ letters: 0, sent: 0 });

    expect(received()).toBe(0);
  });

  it('say what to do when their messages have expired', async () => {
    await post(3);
    clock.advance(2 * 3_600);
    sqs.put(LETTERS, letter);

    const { sent, notes } = await redrive();

    expect(sent).toBe(0);
    expect(notes).toEqual([expect.stringContaining('run the campaigns of that time again')]);
  });

  it('stay, in sight, when the bus does not take the messages', async () => {
    await post(3);
    sqs.put(LETTERS, letter);
    const away: Bus = {
      publish: async () => {
        throw new Error('the bus is away');
      },
    };

    await expect(redrive(false, away)).rejects.toThrow('the bus is away');

    expect(sqs.bodies(LETTERS)).toHaveLength(1);
    expect(sqs.hidden(LETTERS)).toBe(0);
  });

  it('are counted without a reason where they are no letters of Lambda', async () => {
    sqs.put(LETTERS, 'not JSON');

    expect((await redrive()).reasons).toEqual({ unknown: 1 });
  });
});
