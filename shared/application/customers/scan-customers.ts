import { isProfilePartition, keys } from '../../contracts/keys.ts';
import { type Aggregate, combine } from '../../domain/customers/aggregate.ts';
import { customerOf } from '../../domain/identity/membership.ts';
import type { Score } from '../../domain/insight/score.ts';
import type { CustomerId, ProfileId } from '../../domain/kernel/ids.ts';
import type { Item, Table } from '../../ports/table.ts';
import { everyPage } from './every-item.ts';
import { isAlone, membershipOf } from './membership-store.ts';
import { aggregateOf, scoreOf } from './read-customer.ts';

/** A customer as the scan meets it, at the profile that gives it its id. */
export interface ScannedCustomer {
  readonly id: CustomerId;
  readonly profiles: readonly ProfileId[];
  readonly aggregate: Aggregate;
  readonly score: Score | undefined;
}

interface Segment {
  readonly shard: number;
  readonly of: number;
}

/** All items of each partition of a segment of the customers table. */
export async function* scanPartitions(
  table: Table,
  { shard, of }: Segment,
): AsyncIterable<readonly [Item, ...Item[]]> {
  let partition: [Item, ...Item[]] | undefined;
  for await (const items of everyPage(table, 'customers', { segment: shard, of })) {
    for (const item of items) {
      if (partition?.[0].pk === item.pk) partition.push(item);
      else {
        if (partition !== undefined) yield partition;
        partition = [item];
      }
    }
  }
  if (partition !== undefined) yield partition;
}

/**
 * Every customer whose first profile lies in the segment, its profiles combined. A profile that has
 * become part of another customer and still has a score is handed to `onStale`.
 */
export async function* scanCustomers(
  table: Table,
  segment: Segment,
  onStale: (id: CustomerId) => void = () => undefined,
): AsyncIterable<ScannedCustomer> {
  for await (const partition of scanPartitions(table, segment)) {
    const id = partition[0].pk;
    if (!isProfilePartition(id)) continue;
    const at = (sk: string): Item | undefined => partition.find((item) => item.sk === sk);
    const [aggregate, membership, score] = [at('aggregate'), at('customer'), at('score')];
    if (membership === undefined || isAlone(membership)) {
      if (aggregate !== undefined)
        yield { id, profiles: [id], aggregate: aggregateOf(aggregate), score: scoreOf(score) };
      continue;
    }
    const members = membershipOf(membership);
    if (customerOf(members) !== id) {
      if (score !== undefined) onStale(id);
      continue;
    }
    const profiles = members.map((member) => member.id);
    const others = await table.getMany(profiles.slice(1).map(keys.aggregate));
    yield {
      id,
      profiles,
      aggregate: others.map(aggregateOf).reduce(combine, aggregateOf(aggregate)),
      score: scoreOf(score),
    };
  }
}
