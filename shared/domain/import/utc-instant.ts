import { readDate } from './members/date-format.ts';

const FRACTION = /:\d\d\.(\d{1,3})/;

/**
 * The instant that ISO 8601 names, a day or a time; without an offset it is UTC. Undefined of anything else: 03.04.2026 would be
 * read as the fourth of March, and a time by whatever zone the machine hangs in.
 */
export function utcInstant(text: string): string | undefined {
  const time = readDate(text, 'YYYY-MM-DD');
  if (time === undefined) return undefined;
  const millis = Number((FRACTION.exec(text)?.[1] ?? '').padEnd(3, '0'));
  return new Date(time.wall - (time.offset ?? 0) + millis).toISOString();
}
