import { feedsApi } from '../../../shared/application/feeds/feeds-api.ts';
import { httpFunction } from '../../_shell/http.ts';
import { clock, stage, table } from '../../_shell/wiring.ts';

export const handler = httpFunction('ingest/read-feeds', () => ({
  handlers: feedsApi({ table: table(), stage: stage(), clock }),
}));
