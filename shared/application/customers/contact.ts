import { keys } from '../../contracts/keys.ts';
import type { ProfileId } from '../../domain/kernel/ids.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Table } from '../../ports/table.ts';

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
}

/** One field from the vault: of several profiles the latest word. Undefined where none was ever given. */
export async function readPersonal({ table, keyring }: Deps, profiles: readonly ProfileId[], field: string): Promise<string | undefined> {
  const items = await table.getMany(profiles.map((profile) => keys.personal(profile, field)));
  const said = items
    .flatMap((item) => (item === undefined ? [] : [{ owner: item.pk, at: String(item.value['at']), sealed: String(item.value['sealed']) }]))
    .sort((a, b) => (a.at < b.at ? 1 : -1));
  const [latest] = said;
  return latest === undefined ? undefined : keyring.open(latest.owner, latest.sealed);
}
