import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../shared/adapters/local/database.ts';
import { temporaryDirectory } from '../support/local-host.ts';

const FULL = 2;
const NORMAL = 1;

const folder = temporaryDirectory();
let database: Database;

beforeEach(() => {
  database = openDatabase(join(folder.path, 'clientele.db'), { durable: true });
});
afterEach(() => {
  database.close();
  folder.remove();
});

const patience = () => database.connection.prepare('PRAGMA synchronous').get()?.['synchronous'];
const framesLeft = () => database.connection.prepare('PRAGMA wal_checkpoint(PASSIVE)').get();

it('work in bulk waits for the disk once, at its end, and work after it at every commit again', async () => {
  const during = await database.inBulk(async () => {
    database.transact(() =>
      database.connection.exec('CREATE TABLE bulk (n INTEGER); INSERT INTO bulk VALUES (1)'),
    );
    return patience();
  });

  expect([during, patience()]).toEqual([NORMAL, FULL]);
  const { log, checkpointed } = framesLeft() as { log: number; checkpointed: number };
  expect(checkpointed).toBe(log);
  expect(database.connection.prepare('SELECT n FROM bulk').all()).toHaveLength(1);
});

it('work in bulk that fails leaves nobody impatient', async () => {
  await expect(database.inBulk(() => Promise.reject(new Error('full')))).rejects.toThrow('full');

  expect(patience()).toBe(FULL);
});
