import { keys } from '../../contracts/keys.ts';
import { NotFound, TooManyConflicts } from '../../domain/kernel/errors.ts';
import type { Source } from '../../domain/sources/source.ts';
import type { Item, Table } from '../../ports/table.ts';
import { everyItemOf } from '../customers/every-item.ts';

/** A secret of a source, sealed with the source's own key. */
export interface KeptSecret {
  readonly id: string;
  readonly sealed: string;
  readonly createdAt: string;
}

export type KeptSource = Source & { readonly secrets: readonly KeptSecret[] };

/** Whose key seals the secrets of a source. */
export const ownerOf = (source: string): string => `source#${source}`;

/** Sources are written checked, by `changeSource` alone. */
const toSource = ({ value }: Item): KeptSource => value as unknown as KeptSource;

export async function findSource(table: Table, id: string): Promise<KeptSource | undefined> {
  const item = await table.get(keys.source(id));
  return item === undefined ? undefined : toSource(item);
}

export async function readSource(table: Table, id: string): Promise<KeptSource> {
  const source = await findSource(table, id);
  if (source === undefined) throw new NotFound('source', id);
  return source;
}

export async function listSources(table: Table): Promise<readonly KeptSource[]> {
  const found: KeptSource[] = [];
  for await (const item of everyItemOf(table, { table: 'control', pk: keys.source('').pk }))
    found.push(toSource(item));
  return found;
}

/** Writes what `change` makes of the source as it stands; of two who change it at once one is told to try again. */
export async function changeSource(
  table: Table,
  id: string,
  change: (before: KeptSource | undefined) => KeptSource | Promise<KeptSource>,
): Promise<KeptSource> {
  const place = keys.source(id);
  const item = await table.get(place);
  const value = await change(item === undefined ? undefined : toSource(item));
  const { ok } = await table.commit([
    { put: place, value: { ...value }, if: item === undefined ? 'absent' : { version: item.version } },
  ]);
  if (!ok) throw new TooManyConflicts(`The source '${id}'`);
  return value;
}
