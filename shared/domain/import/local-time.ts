import { MILLIS_PER_DAY } from '../kernel/day.ts';

const MILLIS_PER_QUARTER = 900_000;
const MOST_KNOWN = 50_000;

/**
 * Returns a function from times on the wall of the IANA `zone` to instants, both in milliseconds, a wall
 * time counted as if it were UTC. An hour that comes twice is taken as the first one; in an hour that is
 * skipped, time goes on as if the clocks had not been set (RFC 5545 section 3.3.5 does the same).
 */
export function instantsIn(zone: string): (wall: number) => number {
  const offsetAt = offsetsOf(zone);
  return (wall) => {
    const before = wall - offsetAt(wall - MILLIS_PER_DAY);
    const after = wall - offsetAt(wall + MILLIS_PER_DAY);
    const real = [before, after].filter((instant) => instant + offsetAt(instant) === wall);
    return real.length === 0 ? before : Math.min(...real);
  };
}

/** Offsets change only on quarter hours anywhere on earth, so one formatted look-up serves fifteen minutes. */
function offsetsOf(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const wallAt = (instant: number): number => {
    const parts = Object.fromEntries(
      format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
  const known = new Map<number, number>();
  return (instant) => {
    const quarter = Math.floor(instant / MILLIS_PER_QUARTER) * MILLIS_PER_QUARTER;
    const cached = known.get(quarter);
    if (cached !== undefined) return cached;
    const offset = wallAt(quarter) - quarter;
    if (known.size > MOST_KNOWN) known.clear();
    known.set(quarter, offset);
    return offset;
  };
}
