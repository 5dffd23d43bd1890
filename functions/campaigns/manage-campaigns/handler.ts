import { campaignsApi } from '../../../shared/application/campaigns/campaigns-api.ts';
import { speakingRoutes } from '../../../shared/contracts/speaking-routes.ts';
import { httpFunction } from '../../_shell/http.ts';
import { clock, keyring, stage, table } from '../../_shell/wiring.ts';

export const handler = httpFunction('campaigns/manage-campaigns', speakingRoutes, async () => ({
  handlers: campaignsApi({ table: table(), keyring: await keyring(), clock, stage: stage() }),
}));
