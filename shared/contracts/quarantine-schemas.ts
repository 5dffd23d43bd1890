import * as z from 'zod';
import { Cursor } from './page.ts';

/** A code: why something was refused. */
export const Cause = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/, 'takes the code of a cause, such as invalid-field');
const Id = z.string().regex(/^[0-9a-f]{64}$/, 'takes the id of an item, as the list shows it');

export const ByCause = z.object({ cause: Cause });
export const ByItem = z.object({ cause: Cause, id: Id });

/** What may be told of an item without opening it: nobody knows what is in it. */
export const QuarantineEntry = z.object({
  id: z.string(),
  /** When it was received first. */
  at: z.string(),
  source: z.string(),
  /** The field that was wrong. */
  path: z.string(),
  /** Of the event, or the dialect it came in, where it names one that is known. */
  type: z.string().optional(),
});

export const QuarantineAnswer = z.object({
  causes: z.array(
    z.object({
      cause: z.string(),
      count: z.int(),
      /** When the first of them came, since there was none. */
      since: z.string(),
      last: z.string(),
      samples: z.array(QuarantineEntry),
    }),
  ),
});

export const QuarantineList = z.object({
  items: z.array(QuarantineEntry),
  /** For the next page; absent on the last. */
  cursor: z.string().optional(),
});

/** One item, opened. */
export const QuarantinedItem = QuarantineEntry.extend({
  cause: z.string(),
  detail: z.string().optional(),
  /** Taken at the door and set aside by the fold: what is sealed of it stays so. */
  accepted: z.boolean(),
  /** As it came; absent where it was too long or too deep to be kept whole. */
  item: z.unknown().optional(),
});

export const RetryOne = z
  .strictObject({ event: z.record(z.string(), z.unknown()).optional() })
  .default({})
  .meta({ description: 'The event as it should have been; left out, what was sent is tried again.' });

export const RetryOutcome = z.object({
  status: z.enum(['taken', 'duplicate', 'nothing', 'refused']),
  /** Why it is refused now. It waits there, unless it was mended: then it stays as it was. */
  cause: z.string().optional(),
  path: z.string().optional(),
  detail: z.string().optional(),
});

export const RetryMany = z
  .strictObject({ source: z.string().max(128).optional(), cursor: Cursor.optional() })
  .default({})
  .meta({ description: 'Of one source alone, and from where to go on: the cursor of the answer before.' });

export const RetriedMany = z.object({
  taken: z.int(),
  duplicates: z.int(),
  /** Understood now, and says nothing that is kept, by its mapping: they are gone. */
  nothing: z.int().optional(),
  /** By the cause for which they are refused now. Those of a new one wait there. */
  refused: z.record(z.string(), z.int()),
  /** More are left: send it back to go on. */
  cursor: z.string().optional(),
});

export const Discard = z.strictObject({ note: z.string().trim().min(1).max(500) });
export const Discarded = z.object({ status: z.literal('discarded') });
