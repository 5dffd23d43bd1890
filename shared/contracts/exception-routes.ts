import {
  ExceptionAnswer,
  ExceptionId,
  ExceptionList,
  ExceptionQuery,
  Settlement,
} from './exception-schemas.ts';
import type { Route } from './route.ts';

/** Returns and voids that do not fit their sale, for a person to look at. */
export const exceptionRoutes = {
  listExceptions: {
    method: 'GET',
    path: '/v1/exceptions',
    function: 'customers/settle-exceptions',
    summary:
      'Returns beyond what was sold, returns whose sale has not come, and voids whose receipt has not; by kind and state.',
    access: ['analyst', 'ops'],
    throttle: { perSecond: 5, burst: 10 },
    query: ExceptionQuery,
    status: 200,
    answer: ExceptionList,
  },
  settleException: {
    method: 'POST',
    path: '/v1/exceptions/{id}/settle',
    function: 'customers/settle-exceptions',
    summary: 'Note what was found out. It opens again where more is claimed than was looked at.',
    access: ['analyst', 'ops'],
    throttle: { perSecond: 5, burst: 10 },
    params: ExceptionId,
    body: Settlement,
    status: 200,
    answer: ExceptionAnswer,
  },
} as const satisfies Record<string, Route>;
