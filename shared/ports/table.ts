import type { Key, TableName } from '../contracts/key.ts';

/** JSON data. Undefined properties are dropped; numbers are doubles. */
export type Value = Readonly<Record<string, unknown>>;

export interface Item extends Key {
  /** 1 after the first put, one more after each further change. */
  readonly version: number;
  readonly value: Value;
}

/**
 * About the item as it stands before the commit: `absent`, only where nothing stands; a version, only
 * over that version. Left out, in any case.
 */
export type Condition = 'absent' | { readonly version: number };

export type Write =
  | {
      readonly put: Key;
      readonly value: Value;
      /** Epoch seconds after which the item may vanish and is no longer answered. */
      readonly expires?: number;
      readonly if?: Condition;
    }
  | { readonly remove: Key; readonly if?: Condition };

export type Committed =
  | { readonly ok: true }
  /** Nothing was written; the positions of the writes whose condition did not hold. */
  | { readonly ok: false; readonly failed: readonly number[] };

export interface Page {
  readonly items: readonly Item[];
  /** Give it back to go on; undefined at the end. */
  readonly cursor: string | undefined;
}

export interface Query {
  readonly table: TableName;
  readonly pk: string;
  /** Only keys that begin with it. */
  readonly prefix?: string;
  /** Inclusive bounds, instead of a prefix. */
  readonly from?: string;
  readonly to?: string;
  /** Newest first, where keys begin with a time. */
  readonly descending?: boolean;
  /** 1 to 1,000. */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface Scan {
  readonly table: TableName;
  /** Segment 0 … of - 1. The segments are disjoint and together the whole table. */
  readonly segment: number;
  readonly of: number;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** How reads may be answered. */
export interface Reading {
  /** Also by what stood a moment ago, for half the price: for those whom a condition or a second look puts right. */
  readonly mayLag?: boolean;
}

export const MOST_WRITES = 100;

/**
 * All state behind seven operations. Every implementation obeys these laws, which
 * test/contract/table.contract.ts checks:
 *
 * 1. What was written, `get`, `getMany` and `query` answer from then on, deeply equal; `scan`, and `getMany` that
 *    may lag, a moment later.
 * 2. A commit is all or nothing. It names every write whose condition failed, and then wrote nothing.
 * 3. A put raises the version by one (from 0 when absent); of two commits `if` on the same version one wins.
 * 4. `getMany` answers in the order of the keys, with undefined where nothing stands, without a limit on their number.
 * 5. `query` stays in one partition, in key order, and pages without gaps or doubles.
 * 6. `scan` answers every item exactly once over all segments, whatever `of` is, as long as nobody
 *    writes meanwhile; the items of one partition come together and in order within a segment.
 * 7. `add` is atomic: of many at once none is lost. It starts absent numbers at 0, answers the new numbers,
 *    raises the version, and keeps the other properties.
 * 8. An expired item is answered as absent, and a put may take its place `if: 'absent'`.
 * 9. A commit of 0 or more than 100 writes, or with two writes of one key, throws RangeError and writes nothing.
 * 10. A store that cannot write (full, throttled, away) throws StoreUnavailable and wrote nothing; of
 *    `writeEach` it may have written some.
 * 11. `writeEach` is as many commits of one write, in any number and order: each stands or fails by itself. It
 *    names those whose condition failed; two writes of one key throw RangeError, and nothing is written.
 */
export interface Table {
  get(key: Key): Promise<Item | undefined>;
  getMany(keys: readonly Key[], reading?: Reading): Promise<readonly (Item | undefined)[]>;
  query(query: Query): Promise<Page>;
  scan(scan: Scan): Promise<Page>;
  commit(writes: readonly Write[]): Promise<Committed>;
  /** For writes that need not stand together: half the price. Answers the positions whose condition did not hold. */
  writeEach(writes: readonly Write[]): Promise<readonly number[]>;
  /** Increments numbers of one item. */
  add(key: Key, increments: Readonly<Record<string, number>>): Promise<Value>;
}
