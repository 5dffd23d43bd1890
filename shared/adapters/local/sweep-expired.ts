import type { Database } from './database.ts';
import { tableNames } from './schema.ts';

/** A message in the outbox stays until it is carried on, however old it grows. */
const swept = tableNames.filter((name) => name !== 'outbox');

/**
 * Deletes items that expired before `now` (epoch seconds), up to `most` a table, and answers how many. On AWS
 * the tables do so themselves. Small portions, since other writers wait meanwhile.
 */
export const sweepExpired = (database: Database, now: number, most: number): number =>
  database.transact(() => {
    const counts = swept.map((name) => {
      const statement = database.connection.prepare(`
        DELETE FROM ${name} WHERE (slot, pk, sk) IN (SELECT slot, pk, sk FROM ${name} WHERE expires < ? LIMIT ?)`);
      return Number(statement.run(now, most).changes);
    });
    return counts.reduce((sum, count) => sum + count, 0);
  });
