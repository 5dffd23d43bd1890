import { type Day, isoFromDay } from '../../shared/domain/kernel/day.ts';
import { daysOf, type Year } from './calendar.ts';
import type { Random } from './random.ts';
import type { Shop } from './shops.ts';

/** How much is bought in a month against an ordinary one, January first. */
const MONTHS = [0.85, 0.8, 0.9, 0.95, 0.95, 1.05, 1, 0.85, 0.9, 1, 1.35, 1.75];
/** The same for the days of a week, Sunday first. */
const WEEK = [0.45, 0.75, 0.85, 1, 1.05, 1.25, 1.65];
/** Weeks of reduced prices, month and day, both ends included. */
const SALES = [
  ['01-06', '01-26'],
  ['06-24', '07-14'],
  ['11-23', '11-30'],
] as const;
const HOLIDAYS = ['01-01', '12-25'];

/** 0 is January. */
export const monthOf = (day: Day): number => Number(isoFromDay(day).slice(5, 7)) - 1;

/** 0 is Sunday; 1970-01-01 was a Thursday. */
export const weekdayOf = (day: Day): number => (day + 4) % 7;

const inYear = (day: Day): string => isoFromDay(day).slice(5);

export const isSale = (day: Day): boolean =>
  SALES.some(([from, to]) => inYear(day) >= from && inYear(day) <= to);

export const isHoliday = (day: Day): boolean => HOLIDAYS.includes(inYear(day));

/** Opening hours in minutes after midnight; undefined on a day off. Thursday is late-night shopping. */
export function openingHours(
  shop: Shop,
  day: Day,
): { readonly from: number; readonly to: number } | undefined {
  if (isHoliday(day)) return undefined;
  const weekday = weekdayOf(day);
  if (weekday === 0) return shop.openOnSundays ? { from: 12 * 60, to: 17 * 60 } : undefined;
  return { from: 9.5 * 60, to: weekday === 4 ? 21 * 60 : 18 * 60 };
}

/** How much is bought on a day against an ordinary one. */
export const demandOn = (day: Day): number =>
  (MONTHS[monthOf(day)] ?? 1) *
  (WEEK[weekdayOf(day)] ?? 1) *
  (isSale(day) ? 1.3 : 1) *
  (isHoliday(day) ? 0.2 : 1);

/** The year measured in demand, so that a customer's steady rhythm quickens before Christmas by itself. */
export interface DemandClock {
  /** Demand from the first day up to the beginning of this one. */
  at(day: Day): number;
  /** The day within which so much demand has passed; undefined after the last. */
  dayOf(demand: number): Day | undefined;
}

export function demandClock(year: Year): DemandClock {
  const days = daysOf(year);
  const passed = [0];
  for (const day of days) passed.push((passed.at(-1) ?? 0) + demandOn(day));
  return {
    at: (day) => passed[day - year.first] ?? 0,
    dayOf: (demand) => days.find((_, index) => (passed[index + 1] ?? 0) > demand),
  };
}

/** A day of the year, the likelier the more is bought on it. */
export const demandDay = (year: Year, clock: DemandClock, random: Random): Day =>
  clock.dayOf(random.between(0, clock.at(year.last))) ?? year.last;

/** When somebody shops on the web, in minutes after midnight: mostly in the evening, never in the small hours. */
export const webMinute = (random: Random): number => 60 * (6 + 17.9 * random.beta(4.5, 1.5));
