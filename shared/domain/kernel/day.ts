import * as z from 'zod';

/** A calendar day in the stage's zone, counted from 1970-01-01: cheap to compare, subtract and store. */
export const Day = z.int().brand<'Day'>();
export type Day = z.infer<typeof Day>;

/** Of a day without a change of the clock, and of every day of the count above. */
export const MILLIS_PER_DAY = 86_400_000;

/** 'YYYY-MM-DD' → Day. */
export const dayFromIso = (date: string): Day => (Date.parse(`${date}T00:00:00Z`) / MILLIS_PER_DAY) as Day;

/** Day → 'YYYY-MM-DD'. */
export const isoFromDay = (day: Day): string => new Date(day * MILLIS_PER_DAY).toISOString().slice(0, 10);

export const daysBefore = (day: Day, count: number): Day => (day - count) as Day;

/** A real calendar date, written YYYY-MM-DD. */
export const IsoDate = z.iso.date().brand<'IsoDate'>();
export type IsoDate = z.infer<typeof IsoDate>;

const QUARTER_MILLIS = 900_000;
const MOST_KNOWN = 50_000;

/**
 * What a zone's clock shows, remembered: offsets change only on quarter hours anywhere on earth, so one formatted
 * look-up serves fifteen minutes of events.
 */
export function byQuarter<T>(look: (millis: number) => T): (instant: string) => T {
  const known = new Map<number, T>();
  return (instant) => {
    const quarter = Math.floor(Date.parse(instant) / QUARTER_MILLIS);
    const cached = known.get(quarter);
    if (cached !== undefined) return cached;
    const seen = look(quarter * QUARTER_MILLIS);
    if (known.size > MOST_KNOWN) known.clear();
    known.set(quarter, seen);
    return seen;
  };
}

/** Returns a function from instants to days of the IANA `zone`. */
export function calendar(zone: string): (instant: string) => Day {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return byQuarter((millis) => dayFromIso(format.format(millis)));
}
