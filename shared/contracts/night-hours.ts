/**
 * In the stage's zone. A schedule inside the hour that summer time takes away is skipped, and that hour lies
 * between 00:00 and 03:00 all over the world. At the start every till has long been closed.
 */
export const nightHours = {
  starts: { hour: 3, minute: 30 },
  /** By now somebody looks at the results. */
  over: { hour: 6, minute: 0 },
} as const;

export const minutes = ({ hour, minute }: { readonly hour: number; readonly minute: number }): number =>
  60 * hour + minute;
