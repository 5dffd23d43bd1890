import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../shared/adapters/local/database.ts';
import { deliveries } from '../../shared/adapters/local/deliveries.ts';
import { sqliteBus } from '../../shared/adapters/local/sqlite-bus.ts';
import { sqliteTable } from '../../shared/adapters/local/sqlite-table.ts';
import { LAYOUT } from '../../shared/contracts/keys.ts';
import { manualClock } from '../contract/manual-clock.ts';

const { now } = manualClock();
const key = (sk: string) => ({ table: 'customers', pk: 'p', sk }) as const;
const unavailable = { code: 'store-unavailable', retryable: true };

let directory: string;
let path: string;
let database: Database;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'clientele-'));
  path = join(directory, 'nested', 'clientele.db');
  database = openDatabase(path, { durable: true });
});

afterEach(() => {
  database.close();
  rmSync(directory, { recursive: true });
});

const pragma = (sql: string) => database.connection.exec(`PRAGMA ${sql}`);
const pagesUsed = () => Number(database.connection.prepare('PRAGMA page_count').get()?.['page_count']);

describe('a full disk', () => {
  const large = { text: 'x'.repeat(7_000) };

  beforeEach(() => {
    pragma(`max_page_count = ${pagesUsed() + 3}`);
  });

  it('throws StoreUnavailable, writes nothing of that commit, and keeps the earlier ones', async () => {
    const table = sqliteTable(database, now);
    await table.commit([{ put: key('kept'), value: { n: 1 } }]);

    const commit = table.commit(
      Array.from({ length: 20 }, (_, index) => ({ put: key(`item-${index}`), value: large })),
    );

    await expect(commit).rejects.toMatchObject(unavailable);
    const { items } = await table.query({ table: 'customers', pk: 'p', limit: 100 });
    expect(items.map(({ sk }) => sk)).toEqual(['kept']);
  });

  it('takes writes again when there is room', async () => {
    const table = sqliteTable(database, now);
    const writes = Array.from({ length: 20 }, (_, index) => ({ put: key(`item-${index}`), value: large }));
    await expect(table.commit(writes)).rejects.toMatchObject(unavailable);

    pragma(`max_page_count = ${pagesUsed() + 1_000}`);

    expect(await table.commit(writes)).toEqual({ ok: true });
  });

  it('refuses a single put, an add and writes by themselves alike', async () => {
    const table = sqliteTable(database, now);
    const huge = { text: 'x'.repeat(100_000) };

    await expect(table.commit([{ put: key('a'), value: huge }])).rejects.toMatchObject(unavailable);
    await expect(table.writeEach([{ put: key('a'), value: huge }])).rejects.toMatchObject(unavailable);
    await expect(table.add(key(`long-${'x'.repeat(100_000)}`), { n: 1 })).rejects.toMatchObject(unavailable);
    expect((await table.query({ table: 'customers', pk: 'p', limit: 10 })).items).toEqual([]);
  });

  it('makes the bus refuse all messages of the call', async () => {
    const detail = { campaign: 'c'.repeat(7_000), shard: 1, of: 1 };
    const messages = Array.from({ length: 20 }, () => ({ name: 'campaign.shard-due', detail }) as const);

    await expect(sqliteBus(database, now).publish(messages)).rejects.toMatchObject(unavailable);
    expect(deliveries(database).pending()['campaigns/address-shard']).toBe(0);
  });
});

describe('a database that cannot be written', () => {
  it('throws StoreUnavailable while it is read-only', async () => {
    const table = sqliteTable(database, now);
    pragma('query_only = ON');

    await expect(table.commit([{ put: key('a'), value: {} }])).rejects.toMatchObject(unavailable);
    await expect(table.commit([{ put: key('a'), value: {} }, { remove: key('b') }])).rejects.toMatchObject(
      unavailable,
    );

    pragma('query_only = OFF');
    expect(await table.commit([{ put: key('a'), value: {} }])).toEqual({ ok: true });
  });

  it('throws StoreUnavailable when another process writes for too long, but goes on reading', async () => {
    const table = sqliteTable(database, now);
    await table.commit([{ put: key('a'), value: {} }]);
    const other = openDatabase(path, { durable: true });
    other.connection.exec('BEGIN IMMEDIATE');
    pragma('busy_timeout = 50');

    await expect(table.commit([{ put: key('b'), value: {} }, { remove: key('a') }])).rejects.toMatchObject(
      unavailable,
    );
    expect(await table.get(key('a'))).toMatchObject({ version: 1 });

    other.connection.exec('ROLLBACK');
    other.close();
    expect(await table.commit([{ put: key('b'), value: {} }])).toEqual({ ok: true });
  });

  it('does not open where a folder stands', () => {
    expect(() => openDatabase(directory, { durable: true })).toThrow(expect.objectContaining(unavailable));
  });
});

describe('a transaction whose work throws', () => {
  it('leaves nothing and passes the error on', async () => {
    const table = sqliteTable(database, now);
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;

    const commit = table.commit([
      { put: key('a'), value: {} },
      { put: key('b'), value: circular },
    ]);

    await expect(commit).rejects.toThrow(TypeError);
    expect(await table.get(key('a'))).toBeUndefined();
    expect(database.connection.isTransaction).toBe(false);
  });
});

describe('opening', () => {
  it('finds what another opening wrote', async () => {
    await sqliteTable(database, now).commit([{ put: key('a'), value: { n: 1 } }]);
    database.close();

    database = openDatabase(path, { durable: false });

    expect(await sqliteTable(database, now).get(key('a'))).toMatchObject({ value: { n: 1 } });
  });

  it('refuses a database of a newer program and leaves it as it is', () => {
    pragma('user_version = 99');
    database.close();

    expect(() => openDatabase(path, { durable: true })).toThrow(
      expect.objectContaining({ code: 'database-too-new' }),
    );

    const raw = new DatabaseSync(path);
    expect(raw.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: 99 });
    raw.close();
  });

  it.each([
    ['of the first layout, which said none', 0, 1],
    ['of a newer layout', LAYOUT + 1, LAYOUT + 1],
  ])('refuses tables %s, and leaves them as they are', (_which, told, layout) => {
    pragma(`application_id = ${told}`);
    database.close();

    expect(() => openDatabase(path, { durable: true })).toThrow(
      expect.objectContaining({
        code: 'other-layout',
        message: expect.stringContaining(`written in layout ${layout},`),
      }),
    );

    const raw = new DatabaseSync(path);
    expect(raw.prepare('PRAGMA application_id').get()).toMatchObject({ application_id: told });
    raw.close();
  });

  it.each([
    { durable: true, synchronous: 2 },
    { durable: false, synchronous: 1 },
  ])('waits for the disk as told (durable: $durable)', ({ durable, synchronous }) => {
    const opened = openDatabase(join(directory, 'other.db'), { durable });

    expect(opened.connection.prepare('PRAGMA synchronous').get()).toMatchObject({ synchronous });
    expect(opened.connection.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'wal' });
    opened.close();
  });

  it('may be closed twice', () => {
    database.close();

    expect(() => database.close()).not.toThrow();
  });
});
