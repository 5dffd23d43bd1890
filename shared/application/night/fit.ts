import type { NightRun } from '../../contracts/night.ts';
import type { StageSettings } from '../../contracts/stage.ts';
import { fitNight } from '../../domain/insight/night-model.ts';
import { combineStatistics, type NightStatistics } from '../../domain/insight/night-statistics.ts';
import { dayFromIso } from '../../domain/kernel/day.ts';
import type { Blob } from '../../ports/blob.ts';
import { files, readJson, shardsOf, writeJson } from './files.ts';

interface Deps {
  readonly blob: Blob;
  readonly stage: StageSettings;
}

/** Adds up the shards' statistics and fits every model of the night. */
export const fit =
  ({ blob, stage }: Deps) =>
  async (run: NightRun): Promise<void> => {
    const { churnWindowDays, margin } = stage;
    const total = await totalStatistics(blob, run);
    await writeJson(
      blob,
      files.model(run),
      fitNight(total, { asOf: dayFromIso(run.asOf), churnWindowDays, margin }),
    );
  };

export async function totalStatistics(blob: Blob, run: NightRun): Promise<NightStatistics> {
  const parts = await Promise.all(
    shardsOf(run).map((shard) => readJson<NightStatistics>(blob, files.statistics(run, shard))),
  );
  return parts.reduce(combineStatistics);
}
