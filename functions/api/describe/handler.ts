import { describeApi } from '../../../shared/application/http/describe-api.ts';
import { descriptionRoutes } from '../../../shared/contracts/description-routes.ts';
import { httpFunction } from '../../_shell/http.ts';

export const handler = httpFunction('api/describe', descriptionRoutes, () => ({ handlers: describeApi() }));
