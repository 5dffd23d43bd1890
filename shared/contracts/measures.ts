/**
 * Log lines that metrics are made of, by their message and the field that is measured: functions write them,
 * the metric filters of lib/ find them again.
 */
export const measures = {
  /** Seconds from the door to the record, of the oldest event of a batch that was folded. */
  freshness: { message: 'folded', field: 'oldestSeconds' },
  /** 1 where the night should be over and is not, else 0. */
  lateNight: { message: 'night checked', field: 'late' },
} as const satisfies Record<string, { readonly message: string; readonly field: string }>;

export type Measure = keyof typeof measures;
