import { pollsApi } from '../../../shared/application/sources/polls-api.ts';
import { sourcesApi } from '../../../shared/application/sources/sources-api.ts';
import { pollRoutes } from '../../../shared/contracts/poll-routes.ts';
import { sourceRoutes } from '../../../shared/contracts/source-routes.ts';
import { shops } from '../../../shared/domain/dialects/shops.ts';
import { httpFunction } from '../../_shell/http.ts';
import { clock, keyring, mapper, stage, table } from '../../_shell/wiring.ts';

export const handler = httpFunction('ingest/manage-sources', { ...sourceRoutes, ...pollRoutes }, async () => {
  const deps = { table: table(), keyring: await keyring(), clock };
  return {
    handlers: {
      ...sourcesApi({ ...deps, stage: stage(), mapper: mapper(), shops }),
      ...pollsApi(deps),
    },
  };
});
