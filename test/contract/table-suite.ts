import { beforeAll, beforeEach } from 'vitest';
import type { Key } from '../../shared/contracts/key.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Committed, Page, Query, Table, Value } from '../../shared/ports/table.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

/** How a suite gets a table with nothing in it. */
export interface TableUnderTest {
  /** Called once for the whole suite; every test uses keys of its own. */
  readonly open: (clock: Clock) => Promise<Table>;
  /** Random cases for each law that is checked by them. */
  readonly runs: number;
}

/** What the tests of one table share. */
export interface TableSuite {
  readonly table: Table;
  readonly clock: ManualClock;
  readonly runs: number;
  /** Of the test at hand. */
  readonly partition: string;
  /** A key in it. */
  readonly key: (sk: string) => Key;
  readonly put: (sk: string, value?: Value) => Promise<Committed>;
  readonly putAll: (sks: readonly string[]) => Promise<Committed>;
  readonly query: (more?: Partial<Query>) => Query;
  /** Epoch seconds, a minute from now. */
  readonly soon: () => number;
}

/** Opens the table before the tests of the surrounding describe, and gives each of them its partition. */
export function tableSuite({ open, runs }: TableUnderTest): TableSuite {
  const clock = manualClock();
  let table: Table;
  let count = 0;

  beforeAll(async () => {
    table = await open(clock.now);
  });

  beforeEach(() => {
    count += 1;
  });

  const key = (sk: string): Key => ({ table: 'customers', pk: `partition-${count}`, sk });
  return {
    get table() {
      return table;
    },
    clock,
    runs,
    get partition() {
      return `partition-${count}`;
    },
    key,
    put: (sk, value = { sk }) => table.commit([{ put: key(sk), value }]),
    putAll: (sks) => table.commit(sks.map((sk) => ({ put: key(sk), value: { sk } }))),
    query: (more = {}) => ({ table: 'customers', pk: `partition-${count}`, limit: 100, ...more }),
    soon: () => Math.floor(clock.millis() / 1_000) + 60,
  };
}

/** All pages of a query, one after the other. */
export async function pagesOf(table: Table, query: Query): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let cursor: string | undefined;
  do {
    const page = await table.query({ ...query, cursor });
    pages.push(page);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return pages;
}

export const sksOf = (pages: readonly Page[]): readonly string[] =>
  pages.flatMap(({ items }) => items.map(({ sk }) => sk));
