import { customerRoutes } from './customer-routes.ts';
import { descriptionRoutes } from './description-routes.ts';
import { eventRoutes } from './event-routes.ts';
import { exceptionRoutes } from './exception-routes.ts';
import { feedRoutes } from './feed-routes.ts';
import { identityRoutes } from './identity-routes.ts';
import { pollRoutes } from './poll-routes.ts';
import { quarantineRoutes } from './quarantine-routes.ts';
import type { Route } from './route.ts';
import { runRoutes } from './run-routes.ts';
import { segmentRoutes } from './segment-routes.ts';
import { sourceRoutes } from './source-routes.ts';
import { speakingRoutes } from './speaking-routes.ts';

/** Every endpoint; functions bundle their own alone. CDK turns it into routes of the HTTP API, the local host into a server, and both into OpenAPI. */
export const routes = {
  ...descriptionRoutes,
  ...eventRoutes,
  ...customerRoutes,
  ...exceptionRoutes,
  ...identityRoutes,
  ...feedRoutes,
  ...segmentRoutes,
  ...sourceRoutes,
  ...pollRoutes,
  ...quarantineRoutes,
  ...speakingRoutes,
  ...runRoutes,
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
