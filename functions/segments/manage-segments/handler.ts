import { segmentsApi } from '../../../shared/application/segments/segments-api.ts';
import { speakingRoutes } from '../../../shared/contracts/speaking-routes.ts';
import { httpFunction } from '../../_shell/http.ts';
import { blob, table } from '../../_shell/wiring.ts';

export const handler = httpFunction('segments/manage-segments', speakingRoutes, () => ({
  handlers: segmentsApi({ table: table(), blob: blob() }),
}));
