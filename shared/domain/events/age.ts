import type { AcceptedEvent } from './event.ts';

/** Seconds between the door and `now`, of the event that waited longest; 0 for none, and for clocks that differ. */
export const oldestSeconds = (events: readonly Pick<AcceptedEvent, 'receivedAt'>[], now: string): number =>
  events.reduce(
    (oldest, { receivedAt }) => Math.max(oldest, (Date.parse(now) - Date.parse(receivedAt)) / 1_000),
    0,
  );
