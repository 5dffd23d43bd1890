import { keys } from '../../contracts/keys.ts';
import { minutes, nightHours } from '../../contracts/night-hours.ts';
import type { StageSettings } from '../../contracts/stage.ts';
import { calendar, daysBefore, isoFromDay } from '../../domain/kernel/day.ts';
import { minuteOfDay } from '../../domain/kernel/minute-of-day.ts';
import type { Table } from '../../ports/table.ts';

interface Deps {
  readonly table: Table;
  readonly stage: StageSettings;
}

/** `overtaken`: it was done, but the night of an older day was done after it, and that one counts now. */
type NightStatus = 'done' | 'running' | 'failed' | 'missing' | 'overtaken';

export interface NightCheck {
  /** The business date of the day before, which names the night. */
  readonly asOf: string;
  readonly status: NightStatus;
  /** It should be over by now, and is not. */
  readonly late: boolean;
}

/** How the night of the day before `instant` stands. */
export const checkNight =
  ({ table, stage }: Deps) =>
  async (instant: string): Promise<NightCheck> => {
    const asOf = isoFromDay(daysBefore(calendar(stage.zone)(instant), 1));
    const status = await statusOf(table, asOf);
    const due = minuteOfDay(instant, stage.zone) >= minutes(nightHours.over);
    return { asOf, status, late: due && status !== 'done' };
  };

async function statusOf(table: Table, asOf: string): Promise<NightStatus> {
  const current = await table.get(keys.currentRun());
  // A later one counts too: somebody may have run the night of today already.
  if (current !== undefined && String(current.value['asOf']) >= asOf) return 'done';
  const run = await table.get(keys.run(asOf));
  switch (run?.value['status']) {
    case undefined:
      return 'missing';
    case 'running':
      return 'running';
    case 'done':
      return 'overtaken';
    default:
      return 'failed';
  }
}
