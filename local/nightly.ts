import { keys } from '../shared/contracts/keys.ts';
import { calendar, daysBefore, isoFromDay } from '../shared/domain/kernel/day.ts';
import type { DataDirectory } from './data-directory.ts';
import type { Machine } from './machine.ts';
import { runNight } from './night.ts';

const CHECK_MILLIS = 60_000;
/** 03:30: every till has long been closed, and no zone skips this time when summer begins. */
const DUE_MINUTE = 210;

/** Runs the night of yesterday once a day, as soon as it is due and the machine is up. */
export function nightly(machine: Machine, directory: DataDirectory): { stop(): void } {
  const { zone } = machine.stage;
  const dayOf = calendar(zone);
  let running = false;
  const check = async (): Promise<void> => {
    const now = machine.clock();
    if (running || minuteOfDay(now, zone) < DUE_MINUTE) return;
    const asOf = isoFromDay(daysBefore(dayOf(now), 1));
    if ((await machine.table.get(keys.run(asOf))) !== undefined) return;
    running = true;
    await runNight(machine, directory, asOf).finally(() => {
      running = false;
    });
  };
  const timer = setInterval(() => {
    check().catch((error: unknown) =>
      process.stderr.write(`night: ${error instanceof Error ? error.message : 'failed'}\n`),
    );
  }, CHECK_MILLIS);
  return { stop: () => clearInterval(timer) };
}

function minuteOfDay(instant: string, zone: string): number {
  const [hour = 0, minute = 0] = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
    .format(new Date(instant))
    .split(':')
    .map(Number);
  return hour * 60 + minute;
}
