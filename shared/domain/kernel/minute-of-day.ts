/** Minutes since midnight by the clock of an IANA `zone`, 0 to 1439. */
export function minuteOfDay(instant: string, zone: string): number {
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
