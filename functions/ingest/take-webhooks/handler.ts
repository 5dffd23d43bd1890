import { recentKeys } from '../../../shared/application/ingest/recent-keys.ts';
import { hooksApi } from '../../../shared/application/sources/hooks-api.ts';
import { sourceRoutes } from '../../../shared/contracts/source-routes.ts';
import { shops } from '../../../shared/domain/dialects/shops.ts';
import { httpFunction } from '../../_shell/http.ts';
import { bus, clock, keyring, mapper, stage, table } from '../../_shell/wiring.ts';

export const handler = httpFunction('ingest/take-webhooks', sourceRoutes, async () => ({
  handlers: hooksApi({
    table: table(),
    bus: bus(),
    keyring: await keyring(),
    clock,
    stage: stage(),
    recent: recentKeys(),
    mapper: mapper(),
    shops,
  }),
}));
