import { scanCustomers } from '../../shared/application/customers/scan-customers.ts';
import type { ProfileId } from '../../shared/domain/kernel/ids.ts';
import type { Table } from '../../shared/ports/table.ts';

/** The profiles of every customer, each list in order, as a scan of everything meets them. */
export async function customersOf({ table }: { readonly table: Table }): Promise<(readonly ProfileId[])[]> {
  const found: (readonly ProfileId[])[] = [];
  for await (const { profiles } of scanCustomers(table, { shard: 0, of: 1 }))
    found.push([...profiles].sort());
  return found;
}
