import type { RawEvent } from '../../shared/domain/import/raw-event.ts';
import { after, atMinute, type Year } from './calendar.ts';
import { type Happened, inOrder } from './happened.ts';
import type { Random } from './random.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Share of events that come hours or days late, and that are told twice. */
const LATE = 0.02;
const DOUBLED = 0.015;

/** This till had no line for two days, and then sent everything at once, twice to be sure. */
export const OFFLINE_TILL = { store: 'ams-01', terminal: 'till-2', daysBeforeTheEnd: 100, days: 2 } as const;

/** The events in the order in which they arrive, which is not the one in which they happened. */
export function asTheyArrive(happened: readonly Happened[], year: Year, random: Random): RawEvent[] {
  const from = after(year.last, -OFFLINE_TILL.daysBeforeTheEnd);
  const offline = { from: atMinute(from, 0), to: atMinute(after(from, OFFLINE_TILL.days), 0) };
  const arrivals = inOrder(happened).flatMap(({ at, event }) => {
    if (isOffline(event) && at >= offline.from && at < offline.to) {
      // Newest first, as its memory gave them out.
      const at1 = offline.to + (offline.to - at) / 1_000;
      return [
        { at: at1, event },
        { at: at1 + MINUTE * 10, event },
      ];
    }
    const arrives =
      at + (random.chance(LATE) ? random.between(HOUR, 60 * HOUR) : random.between(500, 20_000));
    const again = random.chance(DOUBLED) ? [{ at: arrives + random.between(5_000, 30 * HOUR), event }] : [];
    return [{ at: arrives, event }, ...again];
  });
  return inOrder(arrivals).map(({ event }) => event);
}

const isOffline = ({ type, data }: RawEvent): boolean =>
  (type === 'sale.recorded' || type === 'return.recorded') &&
  data['store'] === OFFLINE_TILL.store &&
  data['terminal'] === OFFLINE_TILL.terminal;
