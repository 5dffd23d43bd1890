import { identityApi } from '../../../shared/application/identity/identity-api.ts';
import { httpFunction } from '../../_shell/http.ts';
import { clock, keyring, pause, stage, table } from '../../_shell/wiring.ts';

export const handler = httpFunction('customers/manage-identity', async () => ({
  handlers: identityApi({ table: table(), keyring: await keyring(), clock, stage: stage(), pause }),
}));
