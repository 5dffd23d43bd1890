import { runsApi } from '../../../shared/application/night/runs-api.ts';
import { httpFunction } from '../../_shell/http.ts';
import { table } from '../../_shell/wiring.ts';

export const handler = httpFunction('night/read-runs', () => ({ handlers: runsApi({ table: table() }) }));
