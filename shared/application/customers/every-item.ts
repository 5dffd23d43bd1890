import type { TableName } from '../../contracts/key.ts';
import type { Item, Query, Table } from '../../ports/table.ts';

const PAGE = 1_000;

interface Segment {
  readonly segment: number;
  readonly of: number;
}

/** One segment of a table, a page of items at a time; those of one partition come together. */
export async function* everyPage(
  table: Table,
  name: TableName,
  { segment, of }: Segment,
): AsyncIterable<readonly Item[]> {
  let cursor: string | undefined;
  do {
    const page = await table.scan({ table: name, segment, of, limit: PAGE, cursor });
    yield page.items;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/** Every item of one segment of a table. */
export async function* everyItem(
  table: Table,
  name: TableName,
  segment: Segment = { segment: 0, of: 1 },
): AsyncIterable<Item> {
  for await (const items of everyPage(table, name, segment)) yield* items;
}

/** Every item of a partition, or those whose keys begin so. */
export async function* everyItemOf(
  table: Table,
  query: Pick<Query, 'table' | 'pk' | 'prefix'>,
): AsyncGenerator<Item, void> {
  let cursor: string | undefined;
  do {
    const page = await table.query({ ...query, limit: PAGE, cursor });
    yield* page.items;
    cursor = page.cursor;
  } while (cursor !== undefined);
}
