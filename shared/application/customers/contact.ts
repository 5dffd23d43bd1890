import { keys } from '../../contracts/keys.ts';
import { NotFound } from '../../domain/kernel/errors.ts';
import type { ProfileId } from '../../domain/kernel/ids.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Table } from '../../ports/table.ts';

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
}

/** A destroyed key is no failure: what it sealed is gone, as it should be. */
export function unlessErased(error: unknown): undefined {
  if (!(error instanceof NotFound)) throw error;
}

/**
 * One field from the vault: of several profiles the latest word. Undefined where none was ever given, or
 * all that were are erased.
 */
export async function readPersonal(
  { table, keyring }: Deps,
  profiles: readonly ProfileId[],
  field: string,
): Promise<string | undefined> {
  const items = await table.getMany(profiles.map((profile) => keys.personal(profile, field)));
  const said = items
    .flatMap((item) =>
      item === undefined
        ? []
        : [{ owner: item.pk, at: String(item.value['at']), sealed: String(item.value['sealed']) }],
    )
    .sort((a, b) => (a.at < b.at ? 1 : -1));
  for (const { owner, sealed } of said) {
    const text = await keyring.open(owner, sealed).catch(unlessErased);
    if (text !== undefined) return text;
  }
  return undefined;
}
