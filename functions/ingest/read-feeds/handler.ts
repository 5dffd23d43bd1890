import { feedsApi } from '../../../shared/application/feeds/feeds-api.ts';
import { feedRoutes } from '../../../shared/contracts/feed-routes.ts';
import { httpFunction } from '../../_shell/http.ts';
import { clock, stage, table } from '../../_shell/wiring.ts';

export const handler = httpFunction('ingest/read-feeds', feedRoutes, () => ({
  handlers: feedsApi({ table: table(), stage: stage(), clock }),
}));
