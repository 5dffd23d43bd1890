import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnavailable } from '../../domain/kernel/errors.ts';
import { migrate } from './schema.ts';

/** One connection to the single machine's database. All its calls are synchronous, so none interleave. */
export interface Database {
  readonly connection: DatabaseSync;
  /** Runs a statement that is atomic by itself; a store that is full, locked or away throws StoreUnavailable. */
  attempt<T>(work: () => T): T;
  /** Like `attempt`, in one transaction: everything is kept or, when `work` throws, nothing. */
  transact<T>(work: () => T): T;
  /**
   * Commits meanwhile do not wait for the disk, the end does: for work that is begun again where it broke off, such as
   * the import of a file. A power cut in between leaves an earlier state, whole.
   */
  inBulk<T>(work: () => Promise<T>): Promise<T>;
  close(): void;
}

interface Options {
  /** Waits for the disk at each commit: what was answered survives a power cut. */
  readonly durable: boolean;
}

/** How long a writer waits for the writer of another process. */
const BUSY_MILLIS = 10_000;

/**
 * Pages of 8 KB hold an aggregate of 2 KB without an overflow page, which halves the cost of rewriting it.
 * The log grows to 80 MB before it is carried over, so that pages which change often are carried once.
 */
const PRAGMAS = `
  PRAGMA page_size = 8192;
  PRAGMA journal_mode = WAL;
  PRAGMA cache_size = -131072;
  PRAGMA wal_autocheckpoint = 10000;
  PRAGMA journal_size_limit = 134217728;
  PRAGMA temp_store = MEMORY;`;

/** https://sqlite.org/rescode.html: busy, locked, out of memory, read-only, I/O error, full, cannot open. */
const UNAVAILABLE: ReadonlySet<number> = new Set([5, 6, 7, 8, 10, 13, 14]);

function translated(error: unknown): unknown {
  if (!(error instanceof Error) || !('errcode' in error)) return error;
  // The low byte is the class of error, the rest its finer cause.
  if (!UNAVAILABLE.has(Number(error.errcode) & 0xff)) return error;
  return new StoreUnavailable(`The database cannot be used now: ${error.message}`, { cause: error });
}

function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translated(error);
  }
}

/** Opens, and creates where it is missing, the database at `path`, or one in memory for ':memory:'. */
export function openDatabase(path: string, { durable }: Options): Database {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const patience = `PRAGMA synchronous = ${durable ? 'FULL' : 'NORMAL'}`;
  const connection = attempt(() => {
    const opened = new DatabaseSync(path, { timeout: BUSY_MILLIS });
    try {
      opened.exec(PRAGMAS);
      opened.exec(patience);
      migrate(opened);
      return opened;
    } catch (error) {
      opened.close();
      throw error;
    }
  });

  return {
    connection,
    attempt,
    transact: (work) =>
      attempt(() => {
        // Takes the write lock at once: a lock taken midway could fail without waiting for its turn.
        connection.exec('BEGIN IMMEDIATE');
        try {
          const result = work();
          connection.exec('COMMIT');
          return result;
        } catch (error) {
          // SQLite ends the transaction by itself after some errors, such as a full disk.
          if (connection.isTransaction) connection.exec('ROLLBACK');
          throw error;
        }
      }),
    async inBulk(work) {
      connection.exec('PRAGMA synchronous = NORMAL');
      try {
        return await work();
      } finally {
        // Whatever is carried over from the log is on the disk before, and so is the log.
        attempt(() => connection.exec(`PRAGMA wal_checkpoint(PASSIVE); ${patience}`));
      }
    },
    close: () => {
      if (connection.isOpen) connection.close();
    },
  };
}
