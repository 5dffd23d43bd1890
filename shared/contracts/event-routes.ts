import { EventResults, Submission } from './event-schemas.ts';
import type { Route } from './route.ts';

/** Events in, as they are told here. */
export const eventRoutes = {
  acceptEvents: {
    method: 'POST',
    path: '/v1/events',
    function: 'ingest/accept-events',
    summary: 'Take one event, or up to 1,000; answers for each.',
    access: 'source',
    // Calls, not receipts: a call carries up to a thousand.
    throttle: { perSecond: 2_000, burst: 1_000 },
    body: Submission,
    status: 202,
    answer: EventResults,
  },
} as const satisfies Record<string, Route>;
