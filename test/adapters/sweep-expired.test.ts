import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../shared/adapters/local/database.ts';
import { sqliteTable } from '../../shared/adapters/local/sqlite-table.ts';
import { sweepExpired } from '../../shared/adapters/local/sweep-expired.ts';
import type { TableName } from '../../shared/contracts/key.ts';
import type { Write } from '../../shared/ports/table.ts';
import { manualClock } from '../contract/manual-clock.ts';

const clock = manualClock();
const now = clock.millis() / 1_000;
let database: Database;

beforeEach(() => {
  database = openDatabase(':memory:', { durable: false });
});

afterEach(() => database.close());

const write = (table: TableName, sk: string, expires?: number): Write => ({
  put: { table, pk: 'p', sk },
  value: {},
  ...(expires === undefined ? {} : { expires }),
});
const commit = (...writes: readonly Write[]) => sqliteTable(database, clock.now).commit(writes);
const left = (table: TableName) =>
  database.connection
    .prepare(`SELECT sk FROM ${table} ORDER BY sk`)
    .all()
    .map(({ sk }) => sk);

describe('sweeping', () => {
  it('deletes what has expired, in all tables but the outbox, and nothing else', async () => {
    const tables = ['customers', 'facts', 'vault', 'control', 'outbox'] as const;
    await commit(
      ...tables.flatMap((table) => [
        write(table, 'expired', now - 1),
        write(table, 'last second', now),
        write(table, 'later', now + 1),
        write(table, 'never'),
      ]),
    );

    expect(sweepExpired(database, now, 100)).toBe(4);

    const living = ['last second', 'later', 'never'];
    expect(tables.map(left)).toEqual([living, living, living, living, ['expired', ...living]]);
  });

  it('goes in portions until nothing is left', async () => {
    await commit(...Array.from({ length: 5 }, (_, index) => write('facts', `item-${index}`, now - 1)));

    expect([1, 2, 3, 4].map(() => sweepExpired(database, now, 2))).toEqual([2, 2, 1, 0]);
  });
});
