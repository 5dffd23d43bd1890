import type { AcceptedEvent } from './event.ts';

type Aging = Pick<AcceptedEvent, 'receivedAt' | 'quiet' | 'released'>;

/**
 * Seconds until `now`, of the event that waited longest since the door, or somebody, let it go; 0 for none, and for
 * clocks that differ. Quiet ones come by the million, and nobody waits for them.
 */
export const oldestSeconds = (events: readonly Aging[], now: string): number =>
  events
    .filter(({ quiet }) => quiet === undefined)
    .reduce(
      (oldest, { receivedAt, released }) =>
        Math.max(oldest, (Date.parse(now) - Date.parse(released?.at ?? receivedAt)) / 1_000),
      0,
    );
