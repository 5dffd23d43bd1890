import { keys } from '../../contracts/keys.ts';
import type { NightRun } from '../../contracts/night.ts';
import { historyStartDay, type StageSettings } from '../../contracts/stage.ts';
import { calendar, dayFromIso, isoFromDay } from '../../domain/kernel/day.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';

interface Deps {
  readonly table: Table;
  readonly clock: Clock;
  readonly stage: StageSettings;
}

/**
 * Opens the run of a business date. A date that is not over yet may be asked for, a future one not, nor one before history. What it
 * found when it ran before counts until it is done again.
 */
export const open =
  ({ table, clock, stage }: Deps) =>
  async (run: NightRun): Promise<void> => {
    const today = calendar(stage.zone)(clock());
    if (dayFromIso(run.asOf) < historyStartDay(stage)) {
      throw new InvalidInput(
        'as-of-too-early',
        'asOf',
        `asOf: ${run.asOf} is before ${stage.historyStart}, where history starts here: nobody would have a score`,
      );
    }
    if (dayFromIso(run.asOf) > today) {
      throw new InvalidInput(
        'as-of-in-future',
        'asOf',
        `asOf: ${run.asOf} has not come yet; today is ${isoFromDay(today)}`,
      );
    }
    const report = (await table.get(keys.run(run.asOf)))?.value['report'];
    await table.commit([
      {
        put: keys.run(run.asOf),
        value: { asOf: run.asOf, status: 'running', shards: run.shards, startedAt: clock(), report },
      },
    ]);
  };

/** Marks the run as failed; the one before it keeps counting. */
export const fail =
  ({ table, clock }: Pick<Deps, 'table' | 'clock'>) =>
  async ({ asOf, shards }: NightRun, reason: string): Promise<void> => {
    const begun = await table.get(keys.run(asOf));
    await table.commit([
      {
        put: keys.run(asOf),
        value: {
          asOf,
          shards,
          startedAt: clock(),
          ...begun?.value,
          status: 'failed',
          reason,
          finishedAt: clock(),
        },
      },
    ]);
  };
