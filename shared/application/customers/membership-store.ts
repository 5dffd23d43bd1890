import { keys } from '../../contracts/keys.ts';
import { fromStored, type StoredAggregate } from '../../domain/customers/stored-aggregate.ts';
import type { Membership } from '../../domain/identity/membership.ts';
import type { ProfileId } from '../../domain/kernel/ids.ts';
import type { Item, Table } from '../../ports/table.ts';

export interface StoredMembership {
  readonly membership: Membership;
  /** Of the membership items, for those profiles that have one. */
  readonly versions: ReadonlyMap<ProfileId, number>;
}

export const membershipOf = (item: Item): Membership => item.value['profiles'] as Membership;

/** The profiles of this profile's customer. One that stands alone was first seen by its own record, or now. */
export async function readMembership(
  table: Table,
  profile: ProfileId,
  now: string,
): Promise<StoredMembership> {
  const [own, aggregate] = await table.getMany([keys.membership(profile), keys.aggregate(profile)]);
  if (own === undefined) {
    const since =
      aggregate === undefined ? now : (fromStored(aggregate.value as StoredAggregate).firstSeen ?? now);
    return { membership: [{ id: profile, since: since < now ? since : now }], versions: new Map() };
  }
  const membership = membershipOf(own);
  const others = membership.map(({ id }) => id).filter((id) => id !== profile);
  const items = await table.getMany(others.map(keys.membership));
  // The own version comes with the list it belongs to, so a list that changed meanwhile fails the commit.
  const versions = new Map([[profile, own.version]]);
  others.forEach((id, index) => {
    const version = items[index]?.version;
    if (version !== undefined) versions.set(id, version);
  });
  return { membership, versions };
}
