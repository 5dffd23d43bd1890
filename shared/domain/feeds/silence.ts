import type { Hours, LocalHour } from './usual-hours.ts';
import { isUsual, usualHours } from './usual-hours.ts';

export interface Silence {
  readonly since: string;
  /** Hours since then, over by now, in which something usually comes. */
  readonly missedHours: number;
}

const HOUR_MS = 3_600_000;
/** One quiet hour happens; two in a row, when there always was something, do not. */
const SILENT_HOURS = 2;
const MOST_HOURS = 14 * 24;

/**
 * Is the store silent at a time when it never is? Undefined where nothing is wrong, or its hours are not known yet. They
 * are those from before it was heard last: weeks of silence must not become what is usual.
 */
export function silenceOf(
  { heardAt, hours, now }: { readonly heardAt: string; readonly hours: Hours; readonly now: string },
  hourOf: (instant: string) => LocalHour,
): Silence | undefined {
  const usual = usualHours(hours, hourOf(heardAt).day);
  const first = Math.floor(Date.parse(heardAt) / HOUR_MS) + 1;
  const end = Math.floor(Date.parse(now) / HOUR_MS);
  let missedHours = 0;
  for (let hour = first; hour < end && hour < first + MOST_HOURS; hour += 1)
    if (isUsual(usual, hourOf(new Date(hour * HOUR_MS).toISOString()))) missedHours += 1;
  return missedHours >= SILENT_HOURS ? { since: heardAt, missedHours } : undefined;
}
