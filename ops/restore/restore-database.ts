import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { openDatabase } from '../../shared/adapters/local/database.ts';
import { sqliteTable } from '../../shared/adapters/local/sqlite-table.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { RestoredCopy } from '../site.ts';

/** All pages in one step: a copy that is made in pieces begins again whenever the host writes in between. */
const ALL_PAGES = 2 ** 31 - 1;

/** Copies the database, with or without a host that writes to it, by SQLite's own backup. */
export async function restoreDatabase(path: string, clock: Clock): Promise<Omit<RestoredCopy, 'beside'>> {
  const directory = await mkdtemp(join(tmpdir(), 'clientele-drill-'));
  const copy = join(directory, 'clientele.db');
  const asOf = clock();
  const removeFiles = () => rm(directory, { recursive: true });
  try {
    const live = new DatabaseSync(path, { readOnly: true });
    try {
      await backup(live, copy, { rate: ALL_PAGES });
    } finally {
      live.close();
    }
    const database = openDatabase(copy, { durable: false });
    return {
      table: sqliteTable(database, clock),
      places: { customers: copy, facts: copy, vault: copy, control: copy, outbox: copy },
      asOf,
      async close({ keep }) {
        database.close();
        if (!keep) await removeFiles();
      },
    };
  } catch (error) {
    await removeFiles();
    throw error;
  }
}
