import { checkNight } from '../shared/application/night/check.ts';
import { keys } from '../shared/contracts/keys.ts';
import { minutes, nightHours } from '../shared/contracts/night-hours.ts';
import { calendar, daysBefore, isoFromDay } from '../shared/domain/kernel/day.ts';
import { minuteOfDay } from '../shared/domain/kernel/minute-of-day.ts';
import type { DataDirectory } from './data-directory.ts';
import type { Machine } from './machine.ts';
import { runNight } from './night.ts';

const CHECK_MILLIS = 60_000;

/** Runs the night of yesterday once a day, as soon as it is due and the machine is up, and says when it is late. */
export function nightly(machine: Machine, directory: DataDirectory): { stop(): void } {
  const { zone } = machine.stage;
  const dayOf = calendar(zone);
  let running = false;
  let saidLate = '';

  const check = async (): Promise<void> => {
    const now = machine.clock();
    if (running || minuteOfDay(now, zone) < minutes(nightHours.starts)) return;
    const asOf = isoFromDay(daysBefore(dayOf(now), 1));
    if ((await machine.table.get(keys.run(asOf))) !== undefined) {
      await sayIfLate(now);
      return;
    }
    running = true;
    await runNight(machine, directory, asOf).finally(() => {
      running = false;
    });
  };

  /** Once a night: a failed one is not run again by itself, nor one whose process was killed. */
  const sayIfLate = async (now: string): Promise<void> => {
    const { asOf, status, late } = await checkNight(machine)(now);
    if (!late || saidLate === asOf) return;
    saidLate = asOf;
    say(`that of ${asOf} is not done (${status}); run it: npm run -s clientele -- night --as-of ${asOf}`);
  };

  const timer = setInterval(() => {
    check().catch((error: unknown) => say(error instanceof Error ? error.message : 'failed'));
  }, CHECK_MILLIS);
  return { stop: () => clearInterval(timer) };
}

const say = (what: string): boolean => process.stderr.write(`night: ${what}\n`);
