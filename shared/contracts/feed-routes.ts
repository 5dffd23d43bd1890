import * as z from 'zod';
import { FeedAnswer, FeedList } from './feed-schemas.ts';
import { Page } from './page.ts';
import type { Route } from './route.ts';

const FEW = 50;

/** Whether tills are heard, and whether all that they wrote came. */
export const feedRoutes = {
  listFeeds: {
    method: 'GET',
    path: '/v1/feeds',
    function: 'ingest/read-feeds',
    summary:
      'Stores and their tills: when last heard, silence at usual hours, missing numbers, closes that differ.',
    access: ['ops', 'analyst'],
    throttle: { perSecond: 5, burst: 10 },
    query: Page.extend({ limit: z.coerce.number().int().min(1).max(FEW).default(20) }),
    status: 200,
    answer: FeedList,
  },
  getFeed: {
    method: 'GET',
    path: '/v1/feeds/{store}',
    function: 'ingest/read-feeds',
    summary:
      'One store: its tills with all that is missing, its usual hours, and every close of the last 45 days.',
    access: ['ops', 'analyst'],
    throttle: { perSecond: 5, burst: 10 },
    params: z.object({ store: z.string().min(1).max(64) }),
    query: Page,
    status: 200,
    answer: FeedAnswer,
  },
} as const satisfies Record<string, Route>;
