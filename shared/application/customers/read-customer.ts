import { keys } from '../../contracts/keys.ts';
import { type Aggregate, combine, nobody } from '../../domain/customers/aggregate.ts';
import { fromStored, type StoredAggregate } from '../../domain/customers/stored-aggregate.ts';
import type { CustomerView } from '../../domain/customers/view.ts';
import { customerOf } from '../../domain/identity/membership.ts';
import type { Score } from '../../domain/insight/score.ts';
import type { Day } from '../../domain/kernel/day.ts';
import type { CustomerId, ProfileId } from '../../domain/kernel/ids.ts';
import type { Item, Table } from '../../ports/table.ts';
import { isAlone, membershipOf } from './membership-store.ts';

/** A customer with the profiles it is made of, oldest first. */
export interface CustomerRecord {
  readonly view: CustomerView;
  readonly profiles: readonly ProfileId[];
}

export const aggregateOf = (item: Item | undefined): Aggregate =>
  item === undefined ? nobody : fromStored(item.value as StoredAggregate);

export const scoreOf = (item: Item | undefined): Score | undefined => item?.value as Score | undefined;

/** The customer that any of its profiles belongs to; undefined where nothing is known of the profile. */
export async function readCustomer(
  table: Table,
  profile: ProfileId,
  today: Day,
): Promise<CustomerRecord | undefined> {
  const [membership, own, score] = await table.getMany([
    keys.membership(profile),
    keys.aggregate(profile),
    keys.score(profile),
  ]);
  if (membership === undefined || isAlone(membership)) {
    return own === undefined
      ? undefined
      : { view: viewOf(profile, aggregateOf(own), score, today), profiles: [profile] };
  }
  const members = membershipOf(membership);
  const id = customerOf(members);
  const profiles = members.map((member) => member.id);
  const [rootScore, ...aggregates] = await table.getMany([keys.score(id), ...profiles.map(keys.aggregate)]);
  return {
    view: viewOf(id, aggregates.map(aggregateOf).reduce(combine, nobody), rootScore, today),
    profiles,
  };
}

const viewOf = (id: CustomerId, aggregate: Aggregate, score: Item | undefined, today: Day): CustomerView => ({
  id,
  aggregate,
  score: scoreOf(score),
  today,
});
