import type { Day } from '../kernel/day.ts';

/** A till that was offline closes the days of its return; more is a clock that was never set, or a year mistyped. */
export const MOST_DAYS_BACK = 45;
/** Some tills write the day after midnight, and zones differ. */
const MOST_DAYS_AHEAD = 1;

/** True where a close that was told on the one day may speak of the other. */
export const mayClose = (told: Day, day: Day): boolean =>
  told - day <= MOST_DAYS_BACK && day - told <= MOST_DAYS_AHEAD;
