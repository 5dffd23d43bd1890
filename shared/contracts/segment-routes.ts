import * as z from 'zod';
import type { MessageType } from '../domain/dialects/segment/translate.ts';
import type { Route, Throttle } from './route.ts';

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

/** Of everybody who browses; what is above it is sent again by the browsers. */
const BROWSING = { perSecond: 200, burst: 250 } as const;
/** Calls, not messages: a call carries up to a thousand. */
const BATCHES = { perSecond: 100, burst: 120 } as const;
/** What is rare, or comes in batches. */
const SELDOM = { perSecond: 20, burst: 60 } as const;

const call = <Path extends string>(
  path: `/v1/${Path}`,
  summary: string,
  body: z.ZodType,
  throttle: Throttle = SELDOM,
) =>
  ({
    method: 'POST',
    path,
    function: 'ingest/accept-events',
    summary,
    access: 'source',
    forSdks: true,
    throttle,
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
  segmentBatch: call('/v1/batch', 'Segment: many messages.', Batch, BATCHES),
  segmentImport: call('/v1/import', 'Segment: many messages, as older libraries send them.', Batch),
  segmentI: call('/v1/i', 'Segment: identify, from a browser.', Message),
  segmentT: call('/v1/t', 'Segment: track, from a browser.', Message, BROWSING),
  segmentP: call('/v1/p', 'Segment: page, from a browser.', Message, BROWSING),
  segmentS: call('/v1/s', 'Segment: screen, from a browser.', Message),
  segmentG: call('/v1/g', 'Segment: group, from a browser.', Message),
  segmentA: call('/v1/a', 'Segment: alias, from a browser.', Message),
  segmentB: call('/v1/b', 'Segment: many messages, from a browser or phone.', Batch, BATCHES),
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
