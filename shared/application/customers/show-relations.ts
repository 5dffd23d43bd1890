import type * as z from 'zod';
import type { CustomerAnswer } from '../../contracts/customer-schemas.ts';
import { keys } from '../../contracts/keys.ts';
import { householdOf } from '../../domain/customers/relations.ts';
import type { CustomerView } from '../../domain/customers/view.ts';
import { MOST_PROFILES } from '../../domain/identity/membership.ts';
import type { CustomerId, ProfileId } from '../../domain/kernel/ids.ts';
import type { Table } from '../../ports/table.ts';
import { customersOf, wholesOf } from './customers-of.ts';
import type { CustomerRecord } from './read-customer.ts';

type Relations = Pick<z.input<typeof CustomerAnswer>, 'household' | 'referredBy'>;

/** More than a household has; a number that a whole town shares must not make an answer grow without end. */
const MOST_MEMBERS = 20;

/** Whom a customer belongs to and who brought them, as the customers that they are today. */
export async function relationsOf(table: Table, record: CustomerRecord): Promise<Relations> {
  const [household, referredBy] = await Promise.all([
    householdShown(table, record),
    referrerShown(table, record.view),
  ]);
  return {
    ...(household === undefined ? {} : { household }),
    ...(referredBy === undefined ? {} : { referredBy }),
  };
}

/** Profiles are listed by what each alone says; whether its customer, with all profiles, is in it shows here. */
async function householdShown(
  table: Table,
  { view, profiles }: CustomerRecord,
): Promise<Relations['household']> {
  const name = householdOf(view.aggregate.households);
  if (name === undefined) return undefined;
  const { items, cursor } = await table.query({
    table: 'control',
    pk: keys.householdMember(name, '').pk,
    limit: MOST_PROFILES + MOST_MEMBERS + 1,
  });
  const others = items.map(({ sk }) => sk as ProfileId).filter((id) => !profiles.includes(id));
  const wholes = await wholesOf(table, await customersOf(table, others));
  const members = [...wholes].flatMap(([id, { households }]) =>
    householdOf(households) === name ? [id] : [],
  );
  const isCut = cursor !== undefined || members.length > MOST_MEMBERS;
  return { name, members: members.slice(0, MOST_MEMBERS), ...(isCut ? { more: true } : {}) };
}

/** Nobody before anything is known of them, and nobody who turned out to be the same customer. */
async function referrerShown(
  table: Table,
  { id, aggregate: { referredBy } }: CustomerView,
): Promise<CustomerId | undefined> {
  if (referredBy === undefined) return undefined;
  const [customer] = (await wholesOf(table, await customersOf(table, [referredBy.by]))).keys();
  return customer === id ? undefined : customer;
}
