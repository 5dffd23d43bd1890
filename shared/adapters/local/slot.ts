import { fractionOf } from '../../domain/kernel/fraction.ts';

/** Scans are cut at slots, so there are at most this many segments with anything in them. */
const SLOTS = 4096;

/** Where a partition stands in its table; even over all slots. */
export const slotOf = (pk: string): number => Math.floor(fractionOf(pk) * SLOTS);

/** The slots of a segment: from (inclusive) and to (exclusive). */
export const slotsOf = (segment: number, of: number): { readonly from: number; readonly to: number } => ({
  from: Math.floor((segment * SLOTS) / of),
  to: Math.floor(((segment + 1) * SLOTS) / of),
});
