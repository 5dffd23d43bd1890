import { type Sight, shown, sights } from '../../domain/customers/mask.ts';
import type { ProfileId } from '../../domain/kernel/ids.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Table } from '../../ports/table.ts';
import { readPersonal } from './contact.ts';

const fields = ['name', 'email', 'phone'] as const;

export type Contact = { readonly [F in (typeof fields)[number]]?: string };

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
}

/** Of the contact what somebody may see; what is hidden is not even opened. */
export async function contactOf(deps: Deps, profiles: readonly ProfileId[], sight: Sight): Promise<Contact> {
  const seen = fields.filter((field) => sight.contact[field] !== 'hidden');
  const values = await Promise.all(seen.map((field) => readPersonal(deps, profiles, field)));
  return Object.fromEntries(
    seen.flatMap((field, index) => {
      const value = values[index];
      return value === undefined ? [] : [[field, shown(field, value, sight)]];
    }),
  );
}

/** What everybody may see who decides, or only asks, who is one customer: enough to recognise somebody by, not to use. */
export const maskedContact = (deps: Deps, profiles: readonly ProfileId[]): Promise<Contact> =>
  contactOf(deps, profiles, sights.clerk);
