import { keys } from '../../contracts/keys.ts';
import { fromStored } from '../../domain/customers/stored-aggregate.ts';
import { dayFromIso } from '../../domain/kernel/day.ts';
import { Conflict } from '../../domain/kernel/errors.ts';
import { compileRule } from '../../domain/segments/compile-rule.ts';
import { estimateSize, type SizeEstimate } from '../../domain/segments/estimate.ts';
import type { Rule } from '../../domain/segments/rule.ts';
import type { Blob } from '../../ports/blob.ts';
import type { Table } from '../../ports/table.ts';
import { files, readJsonLines, shardsOf } from '../night/files.ts';
import type { NightReport } from '../night/publish.ts';
import type { SampledCustomer } from '../night/score.ts';

interface Deps {
  readonly table: Table;
  readonly blob: Blob;
}

export interface Estimated extends SizeEstimate {
  readonly population: number;
  readonly sampled: number;
}

/** Asks the sample that the last night drew. Without a night there is nobody to ask: Conflict. */
export const estimateAudience =
  ({ table, blob }: Deps) =>
  async (rule: Rule): Promise<Estimated> => {
    const current = await table.get(keys.currentRun());
    if (current === undefined)
      throw new Conflict(
        'Sizes are estimated from the last night, and none has run yet; run the night first',
      );
    const { asOf, shards } = current.value as { asOf: string; shards: number };
    const report = (await table.get(keys.run(asOf)))?.value['report'] as NightReport;
    const matches = compileRule(rule);
    const today = dayFromIso(asOf);
    const count = { matched: 0, sampled: 0 };
    for (const shard of shardsOf({ shards })) {
      for await (const one of readJsonLines<SampledCustomer>(blob, files.sample({ asOf }, shard))) {
        count.sampled += 1;
        if (matches({ id: one.id, aggregate: fromStored(one.aggregate), score: one.score, today }))
          count.matched += 1;
      }
    }
    // While a night is done again, its new sample may know more customers than its old report.
    const population = Math.max(report.customers, count.sampled);
    return { ...estimateSize({ ...count, population }), population, sampled: count.sampled };
  };
