/**
 * Why an event is quiet: history that was brought in, or what was told before and is told again. A quiet event
 * changes records like any other, and nothing that reaches a customer may follow from it.
 */
export const quietness = ['backfill', 'replay'] as const;
export type Quiet = (typeof quietness)[number];

/** Where an event came from that was let go by somebody, and not by the door. */
export interface Release {
  /** When it was let go, ISO 8601. */
  readonly at: string;
  readonly from: 'quarantine' | 'archive';
  /** Into records that were empty, so that nothing of it can have been counted. */
  readonly rebuild?: true;
}

/**
 * A till may be offline for 45 days and still send what it has; what is older when it arrives is history, and thanks
 * for a purchase that somebody has forgotten would only puzzle.
 */
export const QUIET_AFTER_DAYS = 45;

const DAY_MS = 24 * 3_600_000;

/** Whether it is so old on arrival that it is quiet by itself. */
export const isHistory = (occurredAt: string, arrivedAt: string): boolean =>
  Date.parse(arrivedAt) - Date.parse(occurredAt) > QUIET_AFTER_DAYS * DAY_MS;
