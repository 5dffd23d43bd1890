import { type ServerType, serve } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { authenticate } from '../shared/application/http/access.ts';
import { dispatch } from '../shared/application/http/dispatch.ts';
import { type HttpAnswer, problemAnswer } from '../shared/application/http/problems.ts';
import type { Route } from '../shared/contracts/route.ts';
import { type RouteName, routes } from '../shared/contracts/routes.ts';
import { docsPages } from './docs-pages.ts';
import { handlersOf } from './handlers.ts';
import type { Machine } from './machine.ts';

/** Above the largest batch, so that a batch that is only a little too large gets its own clear answer. */
const MOST_BYTES = 1_000_000;

/** The HTTP API of one machine, made from the contract's routes. */
export function application(machine: Machine): Hono {
  const app = new Hono();
  const handle = dispatch(handlersOf(machine), (route, error) => {
    process.stderr.write(`${route}: ${error instanceof Error ? (error.stack ?? error.message) : 'failed'}\n`);
  });
  const who = authenticate(machine);
  app.use(bodyLimit({ maxSize: MOST_BYTES, onError: tooLarge }));
  for (const [name, { method, path }] of byPrecision()) {
    app.on(method, path.replaceAll(/\{(\w+)\}/g, ':$1'), async (context: Context) => {
      const answer = await handle(name, {
        params: context.req.param() as Record<string, string>,
        query: context.req.query(),
        body: method === 'GET' ? '' : await context.req.text(),
        caller: await who(context.req.header('authorization')),
      });
      return toResponse(answer);
    });
  }
  docsPages(app);
  app.notFound(() => toResponse(problemAnswer(404, 'no-such-route', 'See /docs for what there is.')));
  app.onError((error) => {
    process.stderr.write(`${error.stack ?? error.message}\n`);
    return toResponse(problemAnswer(500, 'internal'));
  });
  return app;
}

/** Fixed paths before those with parameters, so that /look-up is not taken for an id. */
const byPrecision = (): [RouteName, Route][] =>
  (Object.entries(routes) as [RouteName, Route][]).sort(
    ([, a], [, b]) => Number(a.path.includes('{')) - Number(b.path.includes('{')),
  );

/** The rest of the body is not read, so the connection cannot be used again. */
function tooLarge(): Response {
  const answer = problemAnswer(413, 'batch-too-large', `At most ${MOST_BYTES} bytes; split the request.`);
  return toResponse({ ...answer, headers: { ...answer.headers, connection: 'close' } });
}

const toResponse = ({ status, headers, body }: HttpAnswer): Response =>
  new Response(body, { status, headers });

/** Listens on this machine only; answers the port, which the system chooses for 0. */
export const listen = (app: Hono, port: number): Promise<{ server: ServerType; port: number }> =>
  new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (address) =>
      resolve({ server, port: address.port }),
    );
    server.once('error', reject);
  });
