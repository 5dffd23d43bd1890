import * as z from 'zod';
import { Envelope } from '../domain/events/event.ts';

/** Most items of one call, bytes of one call, bytes of one event. */
export const limits = { items: 1_000, batchBytes: 500_000, eventBytes: 32_768 } as const;

/** Many events, and what is said of all of them at once. */
export const Batch = z.strictObject({
  events: z.array(Envelope).min(1).max(limits.items),
  /** When it was sent, by the sender's clock: for those of its events that do not say so themselves. */
  sentAt: Envelope.shape.sentAt,
  /** History: it changes records, and nothing that reaches a customer follows from it. */
  backfill: z.boolean().optional(),
});

export const Submission = z.union([Envelope, z.array(Envelope).min(1).max(limits.items), Batch]);

/** Something that was left out of an event which was kept all the same. */
export const Warning = z.object({ code: z.string(), path: z.string(), detail: z.string() });
export type Warning = z.infer<typeof Warning>;

/**
 * What became of one event. `accepted`: kept, will be folded exactly once. `duplicate`: was known before,
 * nothing to do. `dropped`: a signal more than anybody makes in an hour, cut; there is nothing to do, and sending it
 * again only takes from the room of the next. `rejected`: look at `code`, `path` and `detail`; it waits in quarantine.
 */
export const EventResult = z.discriminatedUnion('status', [
  z.object({ status: z.literal('accepted'), id: z.string(), warnings: z.array(Warning).optional() }),
  z.object({ status: z.literal('duplicate'), id: z.string() }),
  z.object({ status: z.literal('dropped'), id: z.string() }),
  z.object({
    status: z.literal('rejected'),
    id: z.string().optional(),
    code: z.string(),
    path: z.string(),
    detail: z.string(),
  }),
]);
export type EventResult = z.infer<typeof EventResult>;

/** One result per event, in the order they were sent. */
export const EventResults = z.object({ results: z.array(EventResult) });
