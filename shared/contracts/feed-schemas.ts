import * as z from 'zod';

const Instant = z.iso.datetime();

const Missing = z.object({ from: z.int(), to: z.int(), count: z.int(), day: z.iso.date() });

/** Receipts, each counted once, and minor units. */
const Totals = z.object({ receipts: z.int(), sales: z.int(), returns: z.int() });

export const feedStatuses = ['silent', 'gaps', 'unreconciled', 'ok'] as const;

/** One till: `missing` are numbers of its count that never came, `missingCount` how many there are in all. */
const Till = z.object({
  terminal: z.string(),
  heardAt: Instant,
  occurredAt: Instant,
  missing: z.array(Missing),
  missingCount: z.int(),
});

/** A till and day that was closed: what the till says, what came, and the difference: what came less what was told. */
const ClosedDay = z.object({
  terminal: z.string(),
  day: z.iso.date(),
  reconciled: z.boolean(),
  told: Totals,
  kept: Totals,
  difference: Totals,
  missing: z.array(z.object({ from: z.int(), to: z.int() })),
  missingCount: z.int(),
});

/** What is known of a store's feed; the gravest of its troubles is its status. */
export const StoreFeedAnswer = z.object({
  store: z.string(),
  status: z.enum(feedStatuses),
  heardAt: Instant,
  occurredAt: Instant,
  silence: z.object({ since: Instant, missedHours: z.int() }).optional(),
  tills: z.array(Till),
  /** More tills were named than are watched. */
  moreTills: z.literal(true).optional(),
  closes: z.array(ClosedDay),
});

/** Of each store the closes that differ; those of the last week. */
export const FeedList = z.object({ feeds: z.array(StoreFeedAnswer), cursor: z.string().optional() });

/** With every close of the last 45 days, a page at a time, newest first, and the hours in which something usually comes. */
export const FeedAnswer = StoreFeedAnswer.extend({
  usualHours: z.array(z.object({ weekday: z.string(), hours: z.array(z.int()) })),
  cursor: z.string().optional(),
});
