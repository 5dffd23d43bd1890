import { instantsIn } from '../../shared/domain/import/local-time.ts';
import { type Day, dayFromIso, daysBefore, MILLIS_PER_DAY } from '../../shared/domain/kernel/day.ts';
import { ZONE } from './shops.ts';

const MILLIS_PER_MINUTE = 60_000;

const instantOf = instantsIn(ZONE);

/** The instant, in milliseconds, at which the clocks of the shops show so many minutes after midnight. */
export const atMinute = (day: Day, minutes: number): number =>
  instantOf(day * MILLIS_PER_DAY + Math.floor(minutes * MILLIS_PER_MINUTE));

export const isoOf = (instant: number): string => new Date(instant).toISOString();

export const after = (day: Day, days: number): Day => daysBefore(day, -days);

export interface Year {
  readonly first: Day;
  readonly last: Day;
}

/** The 365 days that end on this one, YYYY-MM-DD. */
export function yearTo(lastDay: string): Year {
  const last = dayFromIso(lastDay);
  return { first: daysBefore(last, 364), last };
}

export const daysOf = ({ first, last }: Year): Day[] =>
  Array.from({ length: last - first + 1 }, (_, index) => after(first, index));
