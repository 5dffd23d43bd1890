import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type Database, openDatabase } from '../../shared/adapters/local/database.ts';
import { sqliteTable } from '../../shared/adapters/local/sqlite-table.ts';
import { tableContract } from '../contract/table.contract.ts';

const directory = mkdtempSync(join(tmpdir(), 'clientele-'));
const opened: Database[] = [];

const open = (path: string, durable: boolean): Database => {
  const database = openDatabase(path, { durable });
  opened.push(database);
  return database;
};

afterAll(() => {
  for (const database of opened) database.close();
  rmSync(directory, { recursive: true });
});

tableContract('SQLite in memory', {
  open: async (clock) => sqliteTable(open(':memory:', false), clock),
  runs: 200,
});

tableContract('SQLite in a file', {
  open: async (clock) => sqliteTable(open(join(directory, 'contract.db'), true), clock),
  runs: 50,
});
