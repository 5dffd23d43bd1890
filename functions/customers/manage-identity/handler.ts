import { identityApi } from '../../../shared/application/identity/identity-api.ts';
import { identityRoutes } from '../../../shared/contracts/identity-routes.ts';
import { httpFunction } from '../../_shell/http.ts';
import { clock, keyring, pause, stage, table } from '../../_shell/wiring.ts';

export const handler = httpFunction('customers/manage-identity', identityRoutes, async () => ({
  handlers: identityApi({ table: table(), keyring: await keyring(), clock, stage: stage(), pause }),
}));
