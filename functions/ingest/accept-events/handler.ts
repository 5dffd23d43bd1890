import { authenticate } from '../../../shared/application/http/access.ts';
import { ingestApi } from '../../../shared/application/ingest/ingest-api.ts';
import { recentKeys } from '../../../shared/application/ingest/recent-keys.ts';
import { segmentApi } from '../../../shared/application/ingest/segment-api.ts';
import { eventRoutes } from '../../../shared/contracts/event-routes.ts';
import { segmentRoutes } from '../../../shared/contracts/segment-routes.ts';
import { httpFunction } from '../../_shell/http.ts';
import { bus, clock, keyring, pause, stage, table } from '../../_shell/wiring.ts';

export const handler = httpFunction(
  'ingest/accept-events',
  { ...eventRoutes, ...segmentRoutes },
  async () => {
    const access = { table: table(), keyring: await keyring(), clock };
    const ingest = { ...access, bus: bus(), pause, stage: stage(), recent: recentKeys() };
    return {
      handlers: { ...ingestApi(ingest), ...segmentApi(ingest) },
      authenticate: authenticate(access),
    };
  },
);
