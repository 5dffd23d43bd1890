import { exceptionsApi } from '../../../shared/application/customers/exceptions-api.ts';
import { exceptionRoutes } from '../../../shared/contracts/exception-routes.ts';
import { httpFunction } from '../../_shell/http.ts';
import { clock, table } from '../../_shell/wiring.ts';

export const handler = httpFunction('customers/settle-exceptions', exceptionRoutes, () => ({
  handlers: exceptionsApi({ table: table(), clock }),
}));
