import type { Message } from '../../contracts/messages.ts';
import { type Consumer, consumers } from '../../contracts/topology.ts';
import type { Database } from './database.ts';

/** One message for one consumer. */
export interface Delivery {
  readonly id: number;
  readonly message: Message;
  /** How often it failed before. */
  readonly attempts: number;
}

export type Counts = Readonly<Record<Consumer, number>>;
/** Codes, and how many of each. */
export type ByReason = Readonly<Record<string, number>>;

/** The durable queues of the single machine. Times are epoch milliseconds. */
export interface Deliveries {
  /** Takes up to `max` due messages and hides them from other takers for `visibilityMillis`. */
  take(consumer: Consumer, max: number, now: number, visibilityMillis: number): readonly Delivery[];
  /** They were handled and need not come again. */
  done(ids: readonly number[]): void;
  /** It comes again after 1, 4, 16 and 64 seconds; after the fifth failure it is a dead letter. */
  fail(id: number, reason: string, now: number): void;
  /** Makes all that is hidden due at once: for a worker that starts alone, after its process was killed. */
  release(now: number): void;
  /** Messages that are waiting or being handled. */
  pending(): Counts;
  /** Dead letters: kept for the operator, never taken. */
  dead(): Counts;
  /** Why a consumer's dead letters gave up: how many for which reason. */
  deadFor(consumer: Consumer): ByReason;
  /** Makes a consumer's dead letters due, as if they came for the first time; answers why they had given up. */
  revive(consumer: Consumer, now: number): ByReason;
  /** Carries up to `max` items of the outbox table to their consumers; answers how many. */
  drainOutbox(now: number, max: number): number;
}

const MOST_FAILURES = 5;

/**
 * A message that was taken this often and neither done nor failed ends the process that handles it.
 * More than the failures allowed, since processes are also stopped for other reasons.
 */
const MOST_TAKES = 25;

const listeners = (name: string): readonly string[] =>
  Object.entries(consumers).flatMap(([consumer, { on }]) =>
    on.some((heard) => heard === name) ? [consumer] : [],
  );

/** Puts a message before each of its consumers; the caller holds the transaction. */
export function deliverer(
  database: Database,
): (message: { name: string; detail: string }, now: number) => void {
  const insert = database.connection.prepare(
    'INSERT INTO deliveries (consumer, name, detail, visible_at) VALUES (?, ?, ?, ?)',
  );
  return ({ name, detail }, now) => {
    for (const consumer of listeners(name)) insert.run(consumer, name, detail, now);
  };
}

/** Rows of `deliveries` are written from typed messages alone, so their shape is known. */
const deliveryOf = (row: Readonly<Record<string, unknown>>): Delivery => ({
  id: Number(row['id']),
  message: { name: row['name'], detail: JSON.parse(String(row['detail'])) } as Message,
  attempts: Number(row['attempts']),
});

export function deliveries(database: Database): Deliveries {
  const { connection } = database;
  const deliver = deliverer(database);
  const due = connection.prepare('SELECT 1 FROM deliveries WHERE consumer = ? AND visible_at <= ? LIMIT 1');
  const bury = connection.prepare(`
    UPDATE deliveries SET visible_at = NULL, failed_reason = COALESCE(failed_reason, 'no-answer')
    WHERE consumer = ? AND visible_at <= ? AND takes >= ${MOST_TAKES}`);
  const take = connection.prepare(`
    UPDATE deliveries SET visible_at = ?, takes = takes + 1
    WHERE id IN (SELECT id FROM deliveries WHERE consumer = ? AND visible_at <= ? ORDER BY visible_at, id LIMIT ?)
    RETURNING id, name, detail, attempts`);
  const done = connection.prepare('DELETE FROM deliveries WHERE id IN (SELECT value FROM json_each(?))');
  const fail = connection.prepare(`
    UPDATE deliveries SET attempts = attempts + 1, failed_reason = ?,
      visible_at = IIF(attempts + 1 >= ${MOST_FAILURES}, NULL, ? + (1000 << 2 * attempts))
    WHERE id = ?`);
  const release = connection.prepare('UPDATE deliveries SET visible_at = ? WHERE visible_at > ?');
  const outbox = connection.prepare('SELECT slot, pk, sk, value FROM outbox LIMIT ?');
  const unbox = connection.prepare('DELETE FROM outbox WHERE slot = ? AND pk = ? AND sk = ?');
  const count = (state: 'NULL' | 'NOT NULL') =>
    connection.prepare(
      `SELECT consumer, COUNT(*) AS count FROM deliveries WHERE visible_at IS ${state} GROUP BY consumer`,
    );
  const [waiting, buried] = [count('NOT NULL'), count('NULL')];
  const reasons = connection.prepare(
    'SELECT failed_reason, COUNT(*) AS count FROM deliveries WHERE consumer = ? AND visible_at IS NULL GROUP BY failed_reason',
  );
  const revive = connection.prepare(`
    UPDATE deliveries SET visible_at = ?, takes = 0, attempts = 0, failed_reason = NULL
    WHERE consumer = ? AND visible_at IS NULL`);

  const deadFor = (consumer: Consumer): ByReason =>
    Object.fromEntries(
      database
        .attempt(() => reasons.all(consumer))
        .map((row) => [String(row['failed_reason']), Number(row['count'])]),
    );

  const countsOf = (statement: typeof waiting): Counts => {
    const found = new Map(
      database.attempt(() => statement.all()).map((row) => [row['consumer'], Number(row['count'])]),
    );
    return Object.fromEntries(Object.keys(consumers).map((name) => [name, found.get(name) ?? 0])) as Counts;
  };

  return {
    take: (consumer, max, now, visibilityMillis) => {
      // An idle worker only reads, and never stands in a writer's way.
      if (database.attempt(() => due.get(consumer, now)) === undefined) return [];
      return database.transact(() => {
        bury.run(consumer, now);
        const rows = take.all(now + visibilityMillis, consumer, now, max);
        return rows.map(deliveryOf).sort((a, b) => a.id - b.id);
      });
    },
    done: (ids) => {
      if (ids.length > 0) database.attempt(() => done.run(JSON.stringify(ids)));
    },
    fail: (id, reason, now) => {
      database.attempt(() => fail.run(reason, now, id));
    },
    release: (now) => {
      database.attempt(() => release.run(now, now));
    },
    pending: () => countsOf(waiting),
    dead: () => countsOf(buried),
    deadFor,
    revive: (consumer, now) =>
      database.transact(() => {
        const found = deadFor(consumer);
        revive.run(now, consumer);
        return found;
      }),
    drainOutbox: (now, max) => {
      if (database.attempt(() => outbox.get(1)) === undefined) return 0;
      return database.transact(() => {
        const rows = outbox.all(max);
        for (const { slot, pk, sk, value } of rows) {
          const { name, detail } = JSON.parse(String(value)) as Message;
          deliver({ name, detail: JSON.stringify(detail) }, now);
          unbox.run(Number(slot), String(pk), String(sk));
        }
        return rows.length;
      });
    },
  };
}
