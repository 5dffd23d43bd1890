import { everyItem } from '../../shared/application/customers/every-item.ts';
import { tableNames } from '../../shared/contracts/key.ts';
import type { Blob } from '../../shared/ports/blob.ts';
import type { Table } from '../../shared/ports/table.ts';
import type { Kept } from './host.ts';

interface Ports {
  readonly table: Table;
  readonly blob: Blob;
}

/** Every record and every line of every file, unpacked. */
export async function* keptByPorts({ table, blob }: Ports): AsyncIterable<Kept> {
  for (const name of tableNames)
    for await (const { pk, sk, value } of everyItem(table, name))
      yield { place: `table ${name}`, text: JSON.stringify([pk, sk, value]) };
  for (const name of await blob.list('')) {
    // The name may tell as much as what is in it.
    yield { place: `file ${name}`, text: name };
    for await (const text of blob.read(name)) yield { place: `file ${name}`, text };
  }
}

const PLANTED_FILE = 'archive/planted.ndjson.gz';
/** The outbox is left out: what stands in it is carried away at once. */
const plantedTables = tableNames.filter((name) => name !== 'outbox');

/** Leaves a text in the tables, packed as long values are, and in a compressed file; answers the places. */
export async function plantByPorts({ table, blob }: Ports, text: string): Promise<readonly string[]> {
  for (const name of plantedTables) {
    const value = { text, padding: 'x'.repeat(2_000) };
    await table.commit([{ put: { table: name, pk: 'planted', sk: 'planted' }, value }]);
  }
  await blob.write(PLANTED_FILE, [JSON.stringify({ text })]);
  return [...plantedTables.map((name) => `table ${name}`), `file ${PLANTED_FILE}`];
}
