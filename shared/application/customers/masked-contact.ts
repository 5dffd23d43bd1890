import { mask } from '../../domain/customers/mask.ts';
import type { ProfileId } from '../../domain/kernel/ids.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Table } from '../../ports/table.ts';
import { readPersonal } from './contact.ts';

const fields = ['name', 'email', 'phone'] as const;

export type MaskedContact = { readonly [F in (typeof fields)[number]]?: string };

/** Enough to recognise somebody by, and not enough to use. */
export async function maskedContact(
  deps: { readonly table: Table; readonly keyring: Keyring },
  profiles: readonly ProfileId[],
): Promise<MaskedContact> {
  const values = await Promise.all(fields.map((field) => readPersonal(deps, profiles, field)));
  return Object.fromEntries(
    fields.flatMap((field, index) => {
      const value = values[index];
      return value === undefined ? [] : [[field, mask[field](value)]];
    }),
  );
}
