import { keys } from '../../contracts/keys.ts';
import type { NightRun } from '../../contracts/night.ts';
import { modelReport, type NightModel } from '../../domain/insight/night-model.ts';
import { ClienteleError } from '../../domain/kernel/errors.ts';
import type { Blob } from '../../ports/blob.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { files, readJson, shardsOf } from './files.ts';
import { totalStatistics } from './fit.ts';
import { combineTallies, type Tally } from './tally.ts';

/** A shard was lost or counted twice; the run must not count. */
export class NightDoesNotAddUp extends ClienteleError {
  readonly code = 'night-does-not-add-up';
}

/** What a night found, kept with its run. */
export interface NightReport extends Tally {
  readonly customers: number;
  readonly buyers: number;
  readonly models: ReturnType<typeof modelReport>;
}

interface Deps {
  readonly table: Table;
  readonly blob: Blob;
  readonly clock: Clock;
}

/** Checks that the counts add up, keeps the report, and lets this run count from now on. */
export const publish =
  ({ table, blob, clock }: Deps) =>
  async (run: NightRun): Promise<void> => {
    const { customers, buyers } = await totalStatistics(blob, run);
    const tallies = await Promise.all(
      shardsOf(run).map((shard) => readJson<Tally>(blob, files.tally(run, shard))),
    );
    const tally = tallies.reduce(combineTallies);
    if (tally.scored !== customers) {
      throw new NightDoesNotAddUp(`${customers} customers were seen, ${tally.scored} were scored`);
    }
    const models = modelReport(await readJson<NightModel>(blob, files.model(run)));
    const report: NightReport = { customers, buyers, ...tally, models };
    const begun = await table.get(keys.run(run.asOf));
    await table.commit([
      {
        put: keys.run(run.asOf),
        value: {
          asOf: run.asOf,
          shards: run.shards,
          ...begun?.value,
          status: 'done',
          finishedAt: clock(),
          report,
        },
      },
      { put: keys.currentRun(), value: { asOf: run.asOf, shards: run.shards } },
    ]);
  };
