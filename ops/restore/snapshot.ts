import { everyItem } from '../../shared/application/customers/every-item.ts';
import { readStatus, type Status } from '../../shared/application/customers/status.ts';
import type { TableName } from '../../shared/contracts/key.ts';
import type { StageSettings } from '../../shared/contracts/stage.ts';
import type { Digest } from '../../shared/ports/digest.ts';
import type { Table } from '../../shared/ports/table.ts';

/** A whole stage in numbers that are equal where the tables are. */
export interface Snapshot {
  readonly items: Readonly<Record<TableName, number>>;
  readonly status: Status;
}

interface Deps {
  readonly table: Table;
  readonly digest: Digest;
  readonly stage: StageSettings;
}

export async function takeSnapshot(deps: Deps): Promise<Snapshot> {
  const [status, customers, facts, vault, control, outbox] = await Promise.all([
    readStatus(deps),
    count(deps.table, 'customers'),
    count(deps.table, 'facts'),
    count(deps.table, 'vault'),
    count(deps.table, 'control'),
    count(deps.table, 'outbox'),
  ]);
  return { items: { customers, facts, vault, control, outbox }, status };
}

const SEGMENTS = 8;

async function count(table: Table, name: TableName): Promise<number> {
  const counts = await Promise.all(
    Array.from({ length: SEGMENTS }, async (_, segment) => {
      let items = 0;
      for await (const _item of everyItem(table, name, { segment, of: SEGMENTS })) items += 1;
      return items;
    }),
  );
  return counts.reduce((sum, items) => sum + items, 0);
}
