import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Repeat, Shared, Sightings } from '../../ports/sightings.ts';

const MOST_LINES_SHOWN = 100;

/** Nothing in it outlives the process, so it waits for no disk. Sorting spills into files beyond the cache. */
const SCHEMA = `
  PRAGMA journal_mode = OFF;
  PRAGMA synchronous = OFF;
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA temp_store = FILE;
  PRAGMA cache_size = -32768;
  CREATE TABLE sightings (list TEXT NOT NULL, key TEXT NOT NULL, subject TEXT NOT NULL, line INTEGER NOT NULL);`;

const REPEATS = `
  SELECT line, first, differs FROM (
    SELECT line, COUNT(*) OVER own AS seen, MIN(line) OVER own AS first,
      MIN(subject) OVER own <> MAX(subject) OVER own AS differs
    FROM sightings WHERE list = ? WINDOW own AS (PARTITION BY key)
  ) WHERE seen > 1 ORDER BY line`;

const SHARED = `
  SELECT key, first, subject, line FROM (
    SELECT key, subject, line, MIN(line) OVER own AS first,
      ROW_NUMBER() OVER (PARTITION BY key ORDER BY line) AS place,
      MIN(subject) OVER own <> MAX(subject) OVER own AS differs
    FROM sightings WHERE list = ? WINDOW own AS (PARTITION BY key)
  ) WHERE differs AND place <= ${MOST_LINES_SHOWN} ORDER BY first, key, line`;

/** In a temporary database, which is removed at the end. */
export function sqliteSightings(): Sightings {
  const directory = mkdtempSync(join(tmpdir(), 'clientele-sightings-'));
  const database = new DatabaseSync(join(directory, 'sightings.db'));
  database.exec(SCHEMA);
  const insert = database.prepare('INSERT INTO sightings (list, key, subject, line) VALUES (?, ?, ?, ?)');
  const repeats = database.prepare(REPEATS);
  const shared = database.prepare(SHARED);

  return {
    see(sightings) {
      database.exec('BEGIN');
      for (const { list, key, subject, line } of sightings) insert.run(list, key, subject, line);
      database.exec('COMMIT');
    },

    *repeats(list): Generator<Repeat> {
      for (const row of repeats.iterate(list))
        yield { line: Number(row['line']), first: Number(row['first']), differs: row['differs'] === 1 };
    },

    *shared(list): Generator<Shared> {
      let key: unknown;
      let lines: number[] = [];
      let subjects: string[] = [];
      for (const row of shared.iterate(list)) {
        if (row['key'] !== key && lines.length > 0) {
          yield { lines, subjects };
          lines = [];
          subjects = [];
        }
        key = row['key'];
        lines.push(Number(row['line']));
        subjects.push(String(row['subject']));
      }
      if (lines.length > 0) yield { lines, subjects };
    },

    close() {
      database.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
