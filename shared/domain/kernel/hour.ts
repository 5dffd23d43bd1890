import { calendar, type Day } from './day.ts';

/** Returns a function from instants to the day and hour of the IANA `zone`. */
export function clockOf(zone: string): (instant: string) => { readonly day: Day; readonly hour: number } {
  const dayOf = calendar(zone);
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' });
  const known = new Map<number, number>();
  return (instant) => {
    // Offsets change only on quarter hours anywhere on earth.
    const quarter = Math.floor(Date.parse(instant) / 900_000);
    const cached = known.get(quarter);
    const hour = cached ?? Number(format.format(quarter * 900_000));
    if (known.size > 50_000) known.clear();
    known.set(quarter, hour);
    return { day: dayOf(instant), hour };
  };
}
