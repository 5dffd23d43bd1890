import { customersApi } from '../../../shared/application/customers/customers-api.ts';
import { customerRoutes } from '../../../shared/contracts/customer-routes.ts';
import { httpFunction } from '../../_shell/http.ts';
import { clock, keyring, stage, table } from '../../_shell/wiring.ts';

export const handler = httpFunction('customers/read-customers', customerRoutes, async () => ({
  handlers: customersApi({ table: table(), keyring: await keyring(), clock, stage: stage() }),
}));
