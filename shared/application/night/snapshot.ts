import type { NightRun } from '../../contracts/night.ts';
import type { Aggregate } from '../../domain/customers/aggregate.ts';
import type { PurchaseHistory } from '../../domain/customers/history.ts';
import { type StoredAggregate, toStored } from '../../domain/customers/stored-aggregate.ts';
import { addEntry, emptySample, settled } from '../../domain/insight/bottom-k.ts';
import { noStatistics, observe, sampleSizeOfShard } from '../../domain/insight/night-statistics.ts';
import type { Score } from '../../domain/insight/score.ts';
import { dayFromIso } from '../../domain/kernel/day.ts';
import type { CustomerId } from '../../domain/kernel/ids.ts';
import type { Blob } from '../../ports/blob.ts';
import type { Table } from '../../ports/table.ts';
import { scanCustomers } from '../customers/scan-customers.ts';
import { files, writeJson } from './files.ts';

/** What the score step needs of one customer; frozen, whatever happens during the night. */
export type Row =
  | { readonly id: CustomerId; readonly history: PurchaseHistory; readonly previous?: Score }
  /** A score that nobody owns any more, since its customer was joined to another. */
  | { readonly stale: CustomerId };

export interface Sampled {
  readonly id: CustomerId;
  readonly aggregate: StoredAggregate;
}

/** Customers kept whole for estimates, over all shards; a third more, since shards are not quite equal. */
const SAMPLE = 5_000;
const samplePerShard = (shards: number): number => Math.ceil((SAMPLE * 1.33) / shards) + 50;

interface Deps {
  readonly table: Table;
  readonly blob: Blob;
}

/** Freezes one shard: a row per customer, and statistics that add up over shards. */
export const snapshot =
  ({ table, blob }: Deps) =>
  async (run: NightRun, shard: number): Promise<void> => {
    const asOf = dayFromIso(run.asOf);
    const statistics = noStatistics(sampleSizeOfShard(run.shards));
    const sample = emptySample<Aggregate>(samplePerShard(run.shards));

    async function* rows(): AsyncIterable<string> {
      const stale: CustomerId[] = [];
      for await (const { id, aggregate, score } of scanCustomers(table, { shard, of: run.shards }, (old) =>
        stale.push(old),
      )) {
        observe(statistics, { id, history: aggregate.history }, asOf);
        addEntry(sample, id, aggregate);
        const row: Row = {
          id,
          history: aggregate.history,
          ...(score === undefined ? {} : { previous: score }),
        };
        yield JSON.stringify(row);
      }
      for (const id of stale) yield JSON.stringify({ stale: id } satisfies Row);
    }

    await blob.write(files.rows(run, shard), rows());
    await writeJson(blob, files.statistics(run, shard), statistics);
    await blob.write(
      files.sampled(run, shard),
      settled(sample).entries.map(({ id, value }) => JSON.stringify({ id, aggregate: toStored(value) })),
    );
  };
