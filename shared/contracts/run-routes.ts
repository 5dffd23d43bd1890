import * as z from 'zod';
import type { Route } from './route.ts';
import { RunAnswer, RunList } from './speaking-schemas.ts';

/** The nights. */
export const runRoutes = {
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
