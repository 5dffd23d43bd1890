import { isProfilePartition } from '../../contracts/keys.ts';
import type { StageSettings } from '../../contracts/stage.ts';
import { type Aggregate, combine, nobody } from '../../domain/customers/aggregate.ts';
import { toStored } from '../../domain/customers/stored-aggregate.ts';
import { totalsOf } from '../../domain/customers/totals.ts';
import { customerOf } from '../../domain/identity/membership.ts';
import { canonicalJson } from '../../domain/kernel/canonical.ts';
import type { Digest } from '../../ports/digest.ts';
import type { Table } from '../../ports/table.ts';
import { readTallies } from '../ingest/quarantine-store.ts';
import { isAlone, membershipOf } from './membership-store.ts';
import { aggregateOf } from './read-customer.ts';
import { scanPartitions } from './scan-customers.ts';

/** The whole stage in a few numbers; money in minor units. */
export interface Status {
  readonly profiles: number;
  readonly customers: number;
  /** Facts by type, strangers' included; a receipt in parts counts once. */
  readonly facts: Readonly<Record<string, number>>;
  readonly signals: Readonly<Record<string, number>>;
  /** By currency: gross sales, what was returned, adjustments of the books, and their sum. */
  readonly amounts: Readonly<
    Record<string, { gross: number; returned: number; adjustments: number; net: number }>
  >;
  /** Net sales of each store, strangers' included. */
  readonly stores: Readonly<Record<string, number>>;
  readonly quarantine: Readonly<Record<string, number>>;
  /** Digest over all aggregates; equal states give equal hashes, in whatever order they came about. */
  readonly stateHash: string;
}

interface Deps {
  readonly table: Table;
  readonly digest: Digest;
  readonly stage: StageSettings;
}

const HASH_MODULUS = 2n ** 256n;

/** Reads everything once. Seconds for a hundred thousand customers: for people and tests, not for requests. */
export async function readStatus({ table, digest, stage }: Deps): Promise<Status> {
  let total: Aggregate = nobody;
  let hash = 0n;
  const count = { profiles: 0, customers: 0 };
  for await (const partition of scanPartitions(table, { shard: 0, of: 1 })) {
    const pk = partition[0].pk;
    const membership = partition.find(({ sk }) => sk === 'customer');
    const isOne = isAlone(membership);
    const isRoot = membership === undefined || customerOf(membershipOf(membership)) === pk;
    const stored = partition.find(({ sk }) => sk === 'aggregate');
    if (isProfilePartition(pk) && (stored !== undefined || !isOne)) {
      count.profiles += 1;
      if (isRoot) count.customers += 1;
    }
    if (stored === undefined) continue;
    const aggregate = aggregateOf(stored);
    total = combine(total, { ...aggregate, links: {}, categories: {} });
    hash = (hash + BigInt(`0x${digest(contentOf(aggregate))}`)) % HASH_MODULUS;
  }
  const { gross, returned, net } = totalsOf(total);
  return {
    ...count,
    facts: total.facts as Record<string, number>,
    signals: Object.fromEntries(
      Object.entries(total.signals.tallies).map(([type, tally]) => [type, tally.count]),
    ),
    amounts: {
      [stage.currency]: { gross, returned, adjustments: total.adjustments, net: net + total.adjustments },
    },
    stores: Object.fromEntries(Object.entries(total.stores).map(([name, share]) => [name, share.net])),
    quarantine: Object.fromEntries(
      [...(await readTallies(table))].map(([cause, { count: kept }]) => [cause, kept]),
    ),
    stateHash: hash.toString(16).padStart(64, '0'),
  };
}

/** What of an aggregate is the same wherever it was folded: profile ids hang on the stage's key. */
const contentOf = (aggregate: Aggregate): string => {
  const { links = {}, ...content } = toStored(aggregate);
  return canonicalJson({ ...content, links: Object.keys(links).length });
};
