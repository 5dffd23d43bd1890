import * as z from 'zod';
import type { MessageType } from '../domain/dialects/segment/translate.ts';
import type { Route } from './route.ts';

/** A message as Segment's libraries send it; the rest of it is read where it is known, and left where it is not. */
const Message = z.looseObject({
  userId: z.union([z.string(), z.number()]).nullish(),
  anonymousId: z.string().nullish(),
  messageId: z.string().optional(),
  timestamp: z.string().optional(),
  context: z.looseObject({}).optional(),
  /** Of browsers, which send no Authorization header. */
  writeKey: z.string().optional(),
});

const Batch = z.looseObject({
  batch: z.array(Message.extend({ type: z.string() })),
  sentAt: z.string().optional(),
  writeKey: z.string().optional(),
});

/** What SDKs wait for. What was refused waits in quarantine, and is named for whoever reads the answer. */
export const SegmentAnswer = z.object({
  success: z.literal(true),
  refused: z
    .array(z.object({ index: z.int(), code: z.string(), path: z.string(), detail: z.string() }))
    .optional(),
});

const call = <Path extends string>(path: `/v1/${Path}`, summary: string, body: z.ZodType) =>
  ({
    method: 'POST',
    path,
    function: 'ingest/accept-events',
    summary,
    access: 'source',
    forSdks: true,
    throttle: { perSecond: 1_000, burst: 500 },
    body,
    status: 200,
    answer: SegmentAnswer,
  }) as const satisfies Route;

/** Segment's own endpoints, and the short ones that browsers and phones call. */
export const segmentRoutes = {
  segmentIdentify: call('/v1/identify', 'Segment: who somebody is.', Message),
  segmentTrack: call('/v1/track', 'Segment: what somebody did; the e-commerce spec is read.', Message),
  segmentPage: call('/v1/page', 'Segment: a page was opened.', Message),
  segmentScreen: call('/v1/screen', 'Segment: a screen of an app was opened.', Message),
  segmentGroup: call('/v1/group', 'Segment: what somebody belongs to.', Message),
  segmentAlias: call('/v1/alias', 'Segment: two names of one person.', Message),
  segmentBatch: call('/v1/batch', 'Segment: many messages.', Batch),
  segmentImport: call('/v1/import', 'Segment: many messages, as older libraries send them.', Batch),
  segmentI: call('/v1/i', 'Segment: identify, from a browser.', Message),
  segmentT: call('/v1/t', 'Segment: track, from a browser.', Message),
  segmentP: call('/v1/p', 'Segment: page, from a browser.', Message),
  segmentS: call('/v1/s', 'Segment: screen, from a browser.', Message),
  segmentG: call('/v1/g', 'Segment: group, from a browser.', Message),
  segmentA: call('/v1/a', 'Segment: alias, from a browser.', Message),
  segmentB: call('/v1/b', 'Segment: many messages, from a browser or phone.', Batch),
};

export type SegmentRoute = keyof typeof segmentRoutes;

/** What a call carries: a message of this type, or a batch. */
export const carriedBy: Readonly<Record<SegmentRoute, MessageType | 'batch'>> = {
  segmentIdentify: 'identify',
  segmentTrack: 'track',
  segmentPage: 'page',
  segmentScreen: 'screen',
  segmentGroup: 'group',
  segmentAlias: 'alias',
  segmentBatch: 'batch',
  segmentImport: 'batch',
  segmentI: 'identify',
  segmentT: 'track',
  segmentP: 'page',
  segmentS: 'screen',
  segmentG: 'group',
  segmentA: 'alias',
  segmentB: 'batch',
};
