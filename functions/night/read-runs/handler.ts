import { runsApi } from '../../../shared/application/night/runs-api.ts';
import { runRoutes } from '../../../shared/contracts/run-routes.ts';
import { httpFunction } from '../../_shell/http.ts';
import { table } from '../../_shell/wiring.ts';

export const handler = httpFunction('night/read-runs', runRoutes, () => ({
  handlers: runsApi({ table: table() }),
}));
