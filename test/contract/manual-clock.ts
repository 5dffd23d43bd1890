import type { Clock } from '../../shared/ports/clock.ts';

/** A clock that moves only when told to. */
export interface ManualClock {
  readonly now: Clock;
  readonly millis: () => number;
  readonly advance: (seconds: number) => void;
}

export function manualClock(start = '2026-03-01T12:00:00.000Z'): ManualClock {
  let millis = Date.parse(start);
  return {
    now: () => new Date(millis).toISOString(),
    millis: () => millis,
    advance: (seconds) => {
      millis += seconds * 1_000;
    },
  };
}
