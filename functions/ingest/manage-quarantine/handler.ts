import { quarantineApi } from '../../../shared/application/ingest/quarantine-api.ts';
import { recentKeys } from '../../../shared/application/ingest/recent-keys.ts';
import { quarantineRoutes } from '../../../shared/contracts/quarantine-routes.ts';
import { shops } from '../../../shared/domain/dialects/shops.ts';
import { httpFunction } from '../../_shell/http.ts';
import { log } from '../../_shell/log.ts';
import { bus, clock, keyring, mapper, pause, stage, table } from '../../_shell/wiring.ts';

export const handler = httpFunction('ingest/manage-quarantine', quarantineRoutes, async () => ({
  handlers: quarantineApi({
    table: table(),
    bus: bus(),
    keyring: await keyring(),
    clock,
    pause,
    stage: stage(),
    recent: recentKeys(),
    mapper: mapper(),
    shops,
    note: log,
  }),
}));
