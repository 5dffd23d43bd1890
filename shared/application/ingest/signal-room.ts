import type { AcceptedEvent } from '../../domain/events/event.ts';
import { isSignal } from '../customers/commit-room.ts';

/** Says of each event whether there is room for it: of a flood only the first signals are taken. Facts always are. */
export type SignalRoom = (event: AcceptedEvent, now: string) => boolean;

interface Bucket {
  readonly left: number;
  readonly at: number;
}

const HOUR_MS = 3_600_000;

/**
 * A bucket for each profile, which holds what may come within an hour and fills up again over an hour. In the
 * memory of the door, so that what is cut costs neither a write nor a message; each instance of the door counts for
 * itself. Keeps the latest `capacity` profiles: one that floods is never the oldest.
 */
export function signalRoom(perHour: number, capacity = 20_000): SignalRoom {
  const buckets = new Map<string, Bucket>();
  return (event, now) => {
    const { profile } = event;
    if (profile === undefined || !isSignal(event)) return true;
    const at = Date.parse(now);
    const known = buckets.get(profile) ?? { left: perHour, at };
    const filled = Math.min(perHour, known.left + (Math.max(0, at - known.at) * perHour) / HOUR_MS);
    const hasRoom = filled >= 1;
    // Put behind all others: a Map lists what was set first, first.
    buckets.delete(profile);
    buckets.set(profile, { left: hasRoom ? filled - 1 : filled, at: Math.max(at, known.at) });
    for (const oldest of buckets.keys()) {
      if (buckets.size <= capacity) break;
      buckets.delete(oldest);
    }
    return hasRoom;
  };
}
