import * as z from 'zod';
import { keys } from '../../contracts/keys.ts';
import { TooManyConflicts } from '../../domain/kernel/errors.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { ShopAccess } from '../../ports/shop.ts';
import type { Table } from '../../ports/table.ts';
import { everyItemOf } from '../customers/every-item.ts';
import type { PolledShop } from './poll-shops.ts';
import { findSource, ownerOf } from './source-store.ts';

/** How a shop is asked; its credentials as JSON, sealed with the key of its source. */
const KeptPoll = z.object({
  origin: z.string(),
  location: z.string().optional(),
  since: z.string(),
  setting: z.string().optional(),
  sealed: z.string(),
});
export type KeptPoll = z.infer<typeof KeptPoll>;

const Credentials = z.record(z.string(), z.string());

export async function findPoll(table: Table, id: string): Promise<KeptPoll | undefined> {
  const item = await table.get(keys.shopPoll(id));
  return item === undefined ? undefined : KeptPoll.parse(item.value);
}

export async function writePoll(table: Table, id: string, poll: KeptPoll): Promise<void> {
  const place = keys.shopPoll(id);
  const version = (await table.get(place))?.version;
  const condition = version === undefined ? ('absent' as const) : { version };
  const { ok } = await table.commit([{ put: place, value: { ...poll }, if: condition }]);
  if (!ok) throw new TooManyConflicts(`How '${id}' is asked`);
}

export const sealedCredentials = (
  keyring: Keyring,
  id: string,
  credentials: ShopAccess['credentials'],
): Promise<string> => keyring.seal(ownerOf(id), JSON.stringify(credentials));

/** Every shop that is to be asked: those that are switched on, and still shops. */
export async function polledShops({
  table,
  keyring,
}: {
  readonly table: Table;
  readonly keyring: Keyring;
}): Promise<readonly PolledShop[]> {
  const found: PolledShop[] = [];
  for await (const { sk: id, value } of everyItemOf(table, { table: 'control', pk: keys.shopPoll('').pk })) {
    const source = await findSource(table, id);
    if (source?.enabled !== true || source.kind === 'webhook') continue;
    const kept = KeptPoll.safeParse(value);
    // One that cannot be read fails when its turn comes, and stops no other.
    const access = async (): Promise<ShopAccess> => {
      if (!kept.success) throw kept.error;
      const { origin, location, sealed } = kept.data;
      const opened = await keyring.open(ownerOf(id), sealed);
      return { origin, location, credentials: Credentials.parse(JSON.parse(opened)) };
    };
    found.push({ source, since: kept.data?.since ?? '', setting: kept.data?.setting, access });
  }
  return found;
}
