import { keys } from '../../contracts/keys.ts';
import { type Aggregate, combine, nobody } from '../../domain/customers/aggregate.ts';
import type { CustomerId, ProfileId } from '../../domain/kernel/ids.ts';
import type { Table } from '../../ports/table.ts';
import { membershipOf } from './membership-store.ts';
import { aggregateOf } from './read-customer.ts';

/** For display: what stood a moment ago is as good. */
const lagging = { mayLag: true } as const;

export type Customers = ReadonlyMap<CustomerId, readonly ProfileId[]>;

/** The customers of these profiles, each with all its profiles. */
export async function customersOf(table: Table, profiles: readonly ProfileId[]): Promise<Customers> {
  const memberships = await table.getMany(profiles.map(keys.membership), lagging);
  return new Map(
    profiles.map((profile, index): [CustomerId, readonly ProfileId[]] => {
      const item = memberships[index];
      const [first = profile, ...more] = item === undefined ? [] : membershipOf(item).map(({ id }) => id);
      return [first, [first, ...more]];
    }),
  );
}

/** What all profiles of a customer say together, of each customer that anything is known of. */
export async function wholesOf(
  table: Table,
  customers: Customers,
): Promise<ReadonlyMap<CustomerId, Aggregate>> {
  const items = [...(await table.getMany([...customers.values()].flat().map(keys.aggregate), lagging))];
  return new Map(
    [...customers].flatMap(([id, { length }]) => {
      const own = items.splice(0, length).filter((item) => item !== undefined);
      return own.length === 0 ? [] : [[id, own.map(aggregateOf).reduce(combine, nobody)] as const];
    }),
  );
}
