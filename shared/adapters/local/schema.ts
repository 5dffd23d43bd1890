import type { DatabaseSync } from 'node:sqlite';
import type { TableName } from '../../contracts/key.ts';
import { LAYOUT } from '../../contracts/keys.ts';
import { ClienteleError } from '../../domain/kernel/errors.ts';

/** The file was written by a newer program than this one. */
export class DatabaseTooNew extends ClienteleError {
  readonly code = 'database-too-new';

  constructor(found: number, known: number) {
    super(
      `The database has schema ${found}, but this program knows schemas up to ${known}. ` +
        'Start the newer version of the program, or point CLIENTELE_DATA to another directory',
    );
  }
}

/** What stands in the tables was written by a version that this one cannot follow, or the other way round. */
export class OtherLayout extends ClienteleError {
  readonly code = 'other-layout';

  constructor(found: number) {
    super(
      `The tables were written in layout ${found}, and this program works on layout ${LAYOUT}. Start the version that ` +
        'wrote them, or point CLIENTELE_DATA to a new directory and send the events again',
    );
  }
}

export const tableNames = [
  'customers',
  'facts',
  'vault',
  'control',
  'outbox',
] as const satisfies readonly TableName[];

/** `slot` comes first, so that a segment of a scan is one range of the table. See slot.ts. */
const createTable = (name: TableName): string => `
  CREATE TABLE ${name} (
    slot INTEGER NOT NULL, pk TEXT NOT NULL, sk TEXT NOT NULL,
    version INTEGER NOT NULL, value TEXT NOT NULL, expires INTEGER,
    PRIMARY KEY (slot, pk, sk)
  ) WITHOUT ROWID;
  CREATE INDEX ${name}_expires ON ${name} (expires) WHERE expires IS NOT NULL;`;

/** `visible_at` in epoch milliseconds; it is NULL for a dead letter. */
const createDeliveries = `
  CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY, consumer TEXT NOT NULL, name TEXT NOT NULL, detail TEXT NOT NULL,
    takes INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
    visible_at INTEGER, failed_reason TEXT
  );
  CREATE INDEX deliveries_visible ON deliveries (consumer, visible_at);`;

/** Step n lifts a database of schema n to n + 1. What was released is never edited. */
const migrations: readonly string[] = [[...tableNames.map(createTable), createDeliveries].join('\n')];

const schemaOf = (connection: DatabaseSync): number =>
  Number(connection.prepare('PRAGMA user_version').get()?.['user_version']);

/** Stands in the file, so that it is told wherever a copy is opened; the first layout left it at 0. */
const layoutOf = (connection: DatabaseSync): number =>
  Number(connection.prepare('PRAGMA application_id').get()?.['application_id']) || 1;

/** Lifts the database to today's schema; several processes may try at once. */
export function migrate(connection: DatabaseSync): void {
  const found = schemaOf(connection);
  if (found > migrations.length) throw new DatabaseTooNew(found, migrations.length);
  if (found > 0 && layoutOf(connection) !== LAYOUT) throw new OtherLayout(layoutOf(connection));
  if (found === migrations.length) return;
  connection.exec('BEGIN IMMEDIATE');
  // Another process may have been here while we waited for the lock.
  for (const step of migrations.slice(schemaOf(connection))) connection.exec(step);
  connection.exec(`PRAGMA user_version = ${migrations.length}; PRAGMA application_id = ${LAYOUT}; COMMIT`);
}
