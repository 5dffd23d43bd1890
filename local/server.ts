import { type HttpBindings, type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { inflated } from '../shared/adapters/inflate.ts';
import { authenticate } from '../shared/application/http/access.ts';
import { withAttributes } from '../shared/application/http/binary-event.ts';
import { dispatch } from '../shared/application/http/dispatch.ts';
import { type HttpAnswer, problemAnswer, problemOf } from '../shared/application/http/problems.ts';
import { exactTextOf, MOST_BODY_BYTES, textOf } from '../shared/application/http/raw-body.ts';
import { shownBy } from '../shared/application/http/shown.ts';
import { crossOrigin, type Route } from '../shared/contracts/route.ts';
import { type RouteName, routes } from '../shared/contracts/routes.ts';
import { failureFacts } from '../shared/domain/kernel/failure-facts.ts';
import { docsPages } from './docs-pages.ts';
import { handlersOf } from './handlers.ts';
import type { Machine } from './machine.ts';
import { bodyReader } from './read-body.ts';
import { cutOffWhoDoesNotListen } from './unanswered.ts';
import { unreadAnswer } from './unread-body.ts';

/** The HTTP API of one machine, made from the contract's routes. */
export function application(machine: Machine): Hono {
  const app = new Hono();
  const received = bodyReader(MOST_BODY_BYTES);
  const handle = dispatch(routes, handlersOf(machine), logFailure);
  const who = authenticate(machine);
  app.use(cutOffWhoDoesNotListen());
  app.use(
    cors({
      origin: crossOrigin.origin,
      allowMethods: [...crossOrigin.methods],
      allowHeaders: [...crossOrigin.headers],
      maxAge: crossOrigin.maxAgeSeconds,
    }),
  );
  for (const [name, { method, path, asItCame }] of byPrecision()) {
    app.on(method, path.replaceAll(/\{(\w+)\}/g, ':$1'), async (context) => {
      const body =
        method === 'GET' ? new Uint8Array() : await received((context.env as HttpBindings).incoming);
      if (typeof body === 'string') return toResponse(unreadAnswer(body));
      const given = { params: context.req.param() as Record<string, string>, query: context.req.query() };
      if (asItCame === true) {
        const delivery = { headers: context.req.header(), url: context.req.url, body: exactTextOf(body) };
        return toResponse(await handle(name, { ...given, caller: { kind: 'nobody' }, body: '', delivery }));
      }
      const text = textOf(await inflated(body, context.req.header('content-encoding'), MOST_BODY_BYTES));
      const answer = await handle(name, {
        ...given,
        caller: await who(
          shownBy(routes[name], { authorization: context.req.header('authorization'), body, text }),
        ),
        body: withAttributes(text, (header) => context.req.header(header)),
      });
      return toResponse(answer);
    });
  }
  docsPages(app);
  app.notFound(() => toResponse(problemAnswer(404, 'no-such-route', 'See /docs for what there is.')));
  app.onError((error) => {
    const answer = problemOf(error);
    if (answer.status >= 500) logFailure('before its handler', error);
    return toResponse(answer);
  });
  return app;
}

const logFailure = (where: string, error: unknown): void => {
  process.stderr.write(`${JSON.stringify({ failed: where, ...failureFacts(error) })}\n`);
};

/** Fixed paths before those with parameters, so that /look-up is not taken for an id. */
const byPrecision = (): [RouteName, Route][] =>
  (Object.entries(routes) as [RouteName, Route][]).sort(
    ([, a], [, b]) => Number(a.path.includes('{')) - Number(b.path.includes('{')),
  );

const toResponse = ({ status, headers, body }: HttpAnswer): Response =>
  new Response(body, { status, headers });

/** Answers wait in memory for a caller who asks and does not listen; a connection is used again after so many. */
const MOST_REQUESTS_OF_CONNECTION = 250;

/** For the head of a request, and for all of it: a till on a bad line needs most of a minute for a full batch. */
const PATIENCE = { headersTimeout: 20_000, requestTimeout: 90_000, connectionsCheckingInterval: 5_000 };

/** A connection on which nothing moves for so long is closed: an answer that nobody takes is not kept for ever. */
const IDLE_MILLIS = 120_000;

/** Listens on this machine only; answers the port, which the system chooses for 0. */
export const listen = (app: Hono, port: number): Promise<{ server: ServerType; port: number }> =>
  new Promise((resolve, reject) => {
    const server = serve(
      { fetch: app.fetch, port, hostname: '127.0.0.1', serverOptions: PATIENCE },
      (address) => resolve({ server, port: address.port }),
    );
    if ('maxRequestsPerSocket' in server) {
      server.maxRequestsPerSocket = MOST_REQUESTS_OF_CONNECTION;
      server.setTimeout(IDLE_MILLIS);
    }
    server.once('error', reject);
  });
