import type { TableName } from '../../contracts/key.ts';
import type { Item, Table } from '../../ports/table.ts';

const PAGE = 1_000;

interface Segment {
  readonly segment: number;
  readonly of: number;
}

/** Every item of one segment of a table; those of one partition come together. */
export async function* everyItem(
  table: Table,
  name: TableName,
  { segment, of }: Segment = { segment: 0, of: 1 },
): AsyncIterable<Item> {
  let cursor: string | undefined;
  do {
    const page = await table.scan({ table: name, segment, of, limit: PAGE, cursor });
    yield* page.items;
    cursor = page.cursor;
  } while (cursor !== undefined);
}
