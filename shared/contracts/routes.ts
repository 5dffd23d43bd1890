import * as z from 'zod';
import { customerRoutes } from './customer-routes.ts';
import { exceptionRoutes } from './exception-routes.ts';
import { feedRoutes } from './feed-routes.ts';
import { identityRoutes } from './identity-routes.ts';
import { pollRoutes } from './poll-routes.ts';
import { quarantineRoutes } from './quarantine-routes.ts';
import type { Route } from './route.ts';
import { segmentRoutes } from './segment-routes.ts';
import { sourceRoutes } from './source-routes.ts';
import { speakingRoutes } from './speaking-routes.ts';
import { RunAnswer, RunList } from './speaking-schemas.ts';

/** Every endpoint. CDK turns it into routes of the HTTP API, the local host into a server, and both into OpenAPI. */
export const routes = {
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
  ...customerRoutes,
  ...exceptionRoutes,
  ...identityRoutes,
  ...feedRoutes,
  ...segmentRoutes,
  ...sourceRoutes,
  ...pollRoutes,
  ...quarantineRoutes,
  ...speakingRoutes,
  listRuns: {
    method: 'GET',
    path: '/v1/runs',
    function: 'night/read-runs',
    summary: 'The nights, newest first, and which one counts.',
    access: ['marketer', 'analyst', 'ops'],
    status: 200,
    answer: RunList,
  },
  getRun: {
    method: 'GET',
    path: '/v1/runs/{asOf}',
    function: 'night/read-runs',
    summary: 'One night with its report: counts, models, back-test.',
    access: ['marketer', 'analyst', 'ops'],
    params: z.object({ asOf: z.iso.date() }),
    status: 200,
    answer: RunAnswer,
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
