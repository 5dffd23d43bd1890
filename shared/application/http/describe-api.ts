import type { Handlers } from '../../contracts/handler.ts';
import { openApi } from '../../contracts/openapi.ts';

/** Answers health and the description of the API, which anybody may ask for and which is made once. */
export function describeApi(): Handlers<'health' | 'describe'> {
  let description: ReturnType<typeof openApi> | undefined;
  return {
    health: async () => ({ body: { status: 'ok' } }),
    async describe() {
      description ??= openApi();
      return { body: description };
    },
  };
}
