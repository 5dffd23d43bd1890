import { byQuarter, calendar, type Day } from './day.ts';

/** Returns a function from instants to the day and hour of the IANA `zone`. */
export function clockOf(zone: string): (instant: string) => { readonly day: Day; readonly hour: number } {
  const dayOf = calendar(zone);
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' });
  const hourOf = byQuarter((millis) => Number(format.format(millis)));
  return (instant) => ({ day: dayOf(instant), hour: hourOf(instant) });
}
