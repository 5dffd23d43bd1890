import { jsonataMapper } from '../../shared/adapters/jsonata/jsonata-mapper.ts';
import { dispatch } from '../../shared/application/http/dispatch.ts';
import type { Shops } from '../../shared/application/sources/dialects.ts';
import { hooksApi } from '../../shared/application/sources/hooks-api.ts';
import { sourcesApi } from '../../shared/application/sources/sources-api.ts';
import type { Caller } from '../../shared/contracts/handler.ts';
import { routes } from '../../shared/contracts/routes.ts';
import type { SourceRoute } from '../../shared/contracts/source-routes.ts';
import type { Delivery } from '../../shared/domain/dialects/webhook.ts';
import type { MemoryMachine } from './memory-machine.ts';

const ops: Caller = { kind: 'person', name: 'ops', roles: ['ops'] };

/** What is stopped for its time is tried elsewhere; here a busy machine must not stop anything. */
const UNHURRIED = { millis: 10_000, waiting: 100 };

/** The webhooks of a machine, as ops people and shops use them. */
export function sourcesOf(machine: MemoryMachine, shops: Shops = {}) {
  const deps = { ...machine, mapper: jsonataMapper(UNHURRIED), shops };
  const manage = dispatch(routes, sourcesApi(deps));
  const take = dispatch(routes, hooksApi(deps));
  const parsed = ({ status, body }: { status: number; body: string }) => ({ status, body: JSON.parse(body) });
  return {
    deps,
    ask: async (
      route: SourceRoute,
      params: Readonly<Record<string, string>>,
      body?: unknown,
      caller: Caller = ops,
    ) => parsed(await manage(route, { params, query: {}, body: JSON.stringify(body ?? null), caller })),
    deliver: async (id: string, delivery: Delivery) =>
      parsed(
        await take('takeHook', { params: { id }, query: {}, body: '', caller: { kind: 'nobody' }, delivery }),
      ),
    /** Sets a source up with a secret of its own choice. */
    async open(id: string, source: unknown, secret: string): Promise<string> {
      await manage('putSource', { params: { id }, query: {}, body: JSON.stringify(source), caller: ops });
      const added = await manage('addSourceSecret', {
        params: { id },
        query: {},
        body: JSON.stringify({ secret }),
        caller: ops,
      });
      return JSON.parse(added.body).id;
    },
  };
}
