import * as z from 'zod';
import type { Route } from './route.ts';

/** What anybody may ask. */
export const descriptionRoutes = {
  health: {
    method: 'GET',
    path: '/health',
    function: 'api/describe',
    summary: 'Is it up?',
    access: 'open',
    status: 200,
    answer: z.object({ status: z.literal('ok') }),
  },
  describe: {
    method: 'GET',
    path: '/openapi.json',
    function: 'api/describe',
    summary: 'This description.',
    access: 'open',
    throttle: { perSecond: 5, burst: 10 },
    status: 200,
    answer: z.looseObject({ openapi: z.string() }),
  },
} as const satisfies Record<string, Route>;
