import { describeApi } from '../../../shared/application/http/describe-api.ts';
import { httpFunction } from '../../_shell/http.ts';

export const handler = httpFunction('api/describe', () => ({ handlers: describeApi() }));
