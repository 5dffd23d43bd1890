import type { Day } from '../kernel/day.ts';

/** The hours of each week in which something came, as bits in hex; by the number of the week. */
export type Hours = Readonly<Record<string, string>>;

/** An hour of a day, in the stage's zone. */
export interface LocalHour {
  readonly day: Day;
  readonly hour: number;
}

const WEEKS = 8;
/** Younger stores have no usual hours yet. */
const LEAST_WEEKS = 2;
const USUAL_SHARE = 0.75;
const HOURS_A_WEEK = 7 * 24;

// Day 0 of the calendar is a Thursday.
const weekOf = (day: Day): number => Math.floor((day + 3) / 7);
const slotOf = ({ day, hour }: LocalHour): number => ((day + 3) % 7) * 24 + hour;

const bitsOf = (hex: string | undefined): bigint => (hex === undefined ? 0n : BigInt(`0x${hex}`));

export const oneHour = (at: LocalHour): Hours => ({
  [weekOf(at.day)]: (1n << BigInt(slotOf(at))).toString(16),
});

/** The hours of both, of the latest weeks. */
export function uniteHours(a: Hours, b: Hours): Hours {
  const weeks = [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .sort((x, y) => Number(y) - Number(x))
    .slice(0, WEEKS);
  return Object.fromEntries(
    weeks.map((week) => [week, (bitsOf(a[week]) | bitsOf(b[week])).toString(16)] as const),
  );
}

/** By the hour of the week: was there usually something, in the weeks that were over by that day? */
export function usualHours(hours: Hours, by: Day): readonly boolean[] {
  const over = Object.keys(hours)
    .map(Number)
    .filter((week) => week < weekOf(by) && week >= weekOf(by) - WEEKS);
  const known = over.length === 0 ? 0 : weekOf(by) - Math.min(...over);
  const active = over.map((week) => bitsOf(hours[String(week)]));
  return Array.from({ length: HOURS_A_WEEK }, (_, slot) => {
    const times = active.filter((bits) => ((bits >> BigInt(slot)) & 1n) === 1n).length;
    return known >= LEAST_WEEKS && times >= known * USUAL_SHARE;
  });
}

export const isUsual = (usual: readonly boolean[], at: LocalHour): boolean => usual[slotOf(at)] === true;
