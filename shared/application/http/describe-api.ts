import type { Handlers } from '../../contracts/handler.ts';
import { openApi } from '../../contracts/openapi.ts';

/** Answers health and the description of the API. */
export const describeApi = (): Handlers<'health' | 'describe'> => ({
  health: async () => ({ body: { status: 'ok' } }),
  describe: async () => ({ body: openApi() }),
});
