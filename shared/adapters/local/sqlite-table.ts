import type { Key, TableName } from '../../contracts/key.ts';
import { toCursor } from '../../domain/kernel/cursor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Item, Page, Query, Table, Value, Write } from '../../ports/table.ts';
import { positionInQuery, positionInScan } from '../cursor.ts';
import {
  checkIncrements,
  checkKey,
  checkKeysOf,
  checkQuery,
  checkScan,
  checkWrites,
  keyOf,
  raised,
  secondsOf,
} from '../table-rules.ts';
import type { Database } from './database.ts';
import { slotOf, slotsOf } from './slot.ts';
import { type TableStatements, tableStatements } from './table-statements.ts';

/** pk, sk, version, value; node:sqlite types rows as objects, also where it gives arrays. */
type Row = readonly [pk: string, sk: string, version: number, value: string];
const rows = (found: unknown) => found as readonly Row[];

const itemOf = (table: TableName, [pk, sk, version, value]: Row): Item => ({
  table,
  pk,
  sk,
  version,
  value: JSON.parse(value) as Value,
});

/** Applies one write; false when its condition does not hold. */
function apply(write: Write, statements: TableStatements, now: number): boolean {
  const { pk, sk } = keyOf(write);
  const slot = slotOf(pk);
  const only = write.if;
  if ('put' in write) {
    const values = [slot, pk, sk, JSON.stringify(write.value), write.expires ?? null, now] as const;
    if (only === undefined) return statements.put.run(...values).changes === 1;
    if (only === 'absent') return statements.putIfAbsent.run(...values).changes === 1;
    return statements.putIfVersion.run(...values, only.version).changes === 1;
  }
  if (only === 'absent') return statements.get.get(slot, pk, sk, now) === undefined;
  if (only !== undefined)
    return statements.removeIfVersion.run(slot, pk, sk, now, only.version).changes === 1;
  statements.remove.run(slot, pk, sk);
  return true;
}

/** Undoes a transaction whose conditions did not hold. */
class ConditionsFailed extends Error {
  readonly failed: readonly number[];

  constructor(failed: readonly number[]) {
    super('conditions failed');
    this.failed = failed;
  }
}

/** Smallest key and the bytes of the first key behind the range; no UTF-8 text has a byte 0xFF. */
function boundsOf(query: Query): readonly [string, Buffer] {
  const { prefix, from = '', to, descending } = query;
  const after = positionInQuery(query);
  // The next text after s, in the order of bytes, is s with a zero byte.
  const lower = after !== undefined && !descending ? `${after}\0` : (prefix ?? from);
  if (after !== undefined && descending) return [lower, Buffer.from(after)];
  if (prefix === undefined && to !== undefined) return [lower, Buffer.from(`${to}\0`)];
  return [lower, Buffer.concat([Buffer.from(prefix ?? ''), Buffer.of(0xff)])];
}

/** The Table port on one SQLite database. */
export function sqliteTable(database: Database, clock: Clock): Table {
  const prepared = new Map<TableName, TableStatements>();
  const of = (table: TableName): TableStatements => {
    const known = prepared.get(table);
    if (known !== undefined) return known;
    const statements = database.attempt(() => tableStatements(database.connection, table));
    prepared.set(table, statements);
    return statements;
  };

  const find = ({ table, pk, sk }: Key, now: number): Item | undefined => {
    const row = of(table).get.get(slotOf(pk), pk, sk, now) as unknown as Row | undefined;
    return row === undefined ? undefined : itemOf(table, row);
  };

  const pageOf = (
    table: TableName,
    found: readonly Row[],
    limit: number,
    cursor: (last: Row) => string,
  ): Page => {
    const last = found.length < limit ? undefined : found.at(-1);
    return { items: found.map((row) => itemOf(table, row)), cursor: last && cursor(last) };
  };

  /** The positions of those whose condition did not hold. */
  const applyEach = (writes: readonly Write[]): readonly number[] => {
    const now = secondsOf(clock);
    return writes.flatMap((write, index) => (apply(write, of(keyOf(write).table), now) ? [] : [index]));
  };

  const applyAll = (writes: readonly Write[]): void => {
    const failed = applyEach(writes);
    if (failed.length > 0) throw new ConditionsFailed(failed);
  };

  return {
    get: async (key) => database.attempt(() => find(key, secondsOf(clock))),

    getMany: async (keys) =>
      database.attempt(() => {
        const now = secondsOf(clock);
        return keys.map((key) => find(key, now));
      }),

    async query(query) {
      checkQuery(query);
      const { table, pk, limit } = query;
      const statement = query.descending ? of(table).descending : of(table).ascending;
      const [lower, upper] = boundsOf(query);
      const found = database.attempt(() =>
        rows(statement.all(slotOf(pk), pk, lower, upper, secondsOf(clock), limit)),
      );
      return pageOf(table, found, limit, ([, sk]) => toCursor(sk));
    },

    async scan(scan) {
      checkScan(scan);
      const { table, limit } = scan;
      const { from, to } = slotsOf(scan.segment, scan.of);
      const position = positionInScan(scan.cursor);
      const [start, pk, sk] = position === undefined ? [from, '', ''] : [slotOf(position[0]), ...position];
      const found = database.attempt(() =>
        rows(of(table).scan.all(start, pk, sk, to, secondsOf(clock), limit)),
      );
      return pageOf(table, found, limit, ([lastPk, lastSk]) => toCursor(lastPk, lastSk));
    },

    async commit(writes) {
      checkWrites(writes);
      try {
        // One statement is a transaction by itself.
        if (writes.length === 1) database.attempt(() => applyAll(writes));
        else database.transact(() => applyAll(writes));
        return { ok: true };
      } catch (error) {
        if (error instanceof ConditionsFailed) return { ok: false, failed: error.failed };
        throw error;
      }
    },

    async writeEach(writes) {
      checkKeysOf(writes);
      // A commit costs more than what is in it: one for all, which nobody asked to be undone.
      return writes.length === 0 ? [] : database.transact(() => applyEach(writes));
    },

    async add(key, increments) {
      checkKey(key);
      checkIncrements(increments);
      return database.transact(() => {
        const now = secondsOf(clock);
        const before = find(key, now);
        const value = { ...before?.value, ...raised(before?.value ?? {}, increments) };
        const { put, change } = of(key.table);
        const place = [slotOf(key.pk), key.pk, key.sk, JSON.stringify(value)] as const;
        if (before === undefined) put.run(...place, null, now);
        else change.run(...place);
        return raised(before?.value ?? {}, increments);
      });
    },
  };
}
