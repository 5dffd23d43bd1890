import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { inflated } from '../../shared/adapters/inflate.ts';
import type { Shown } from '../../shared/application/http/access.ts';
import { withAttributes } from '../../shared/application/http/binary-event.ts';
import { dispatch } from '../../shared/application/http/dispatch.ts';
import { type HttpAnswer, problemAnswer, problemOf } from '../../shared/application/http/problems.ts';
import {
  exactTextOf,
  isTooLarge,
  MOST_BODY_BYTES,
  type RawBody,
  textOf,
  tooLargeAnswer,
} from '../../shared/application/http/raw-body.ts';
import { shownBy } from '../../shared/application/http/shown.ts';
import type { Caller, Handlers } from '../../shared/contracts/handler.ts';
import type { Route } from '../../shared/contracts/route.ts';
import type { routes as everyRoute, RouteName } from '../../shared/contracts/routes.ts';
import type { Delivery } from '../../shared/domain/dialects/webhook.ts';
import { type Claims, personOf } from './caller.ts';
import { lazily } from './lazily.ts';
import { logFailure, perInvocation } from './log.ts';
import { setting } from './setting.ts';

type Routes = typeof everyRoute;
export type RouteFunction = Routes[RouteName]['function'];
/** The routes that a function answers; one that it forgets does not compile. */
export type RoutesOf<F extends RouteFunction> = {
  [N in RouteName]: Routes[N]['function'] extends F ? N : never;
}[RouteName];

interface Parts<F extends RouteFunction> {
  readonly handlers: Handlers<RoutesOf<F>>;
  /** Who sent this; only for routes whose callers bring keys instead of tokens. */
  readonly authenticate?: (shown: Shown) => Promise<Caller>;
}

/** What API Gateway sends; the claims are there where its JWT authorizer let somebody in. */
type HttpEvent = Pick<APIGatewayProxyEventV2, 'routeKey' | 'headers' | 'body' | 'isBase64Encoded'> &
  Partial<Pick<APIGatewayProxyEventV2, 'rawPath' | 'rawQueryString'>> & {
    readonly pathParameters?: Readonly<Record<string, string | undefined>> | undefined;
    readonly queryStringParameters?: Readonly<Record<string, string | undefined>> | undefined;
    readonly requestContext: {
      readonly domainName?: string;
      readonly authorizer?: { readonly jwt?: { readonly claims: Claims } };
    };
  };

/**
 * HTTP API in, one route's handler called, problem details for everything that goes wrong. It is given the routes that
 * it answers, maybe with others beside them: a bundle with the schemas of all would be too large.
 */
export const httpFunction = <F extends RouteFunction>(
  name: F,
  routes: Pick<Routes, RoutesOf<F>>,
  build: () => Parts<F> | Promise<Parts<F>>,
) => {
  const parts = lazily(async () => build());
  const answered = namesByKey(name, routes);
  return middy(async (event: HttpEvent): Promise<APIGatewayProxyStructuredResultV2> => {
    try {
      const route = answered.get(event.routeKey);
      if (route === undefined)
        return toResult(problemAnswer(404, 'not-found', `${name} does not answer ${event.routeKey}`));
      const body = bodyOf(event);
      if (isTooLarge(body)) return toResult(tooLargeAnswer());
      const { handlers, authenticate } = await parts();
      const call = dispatch(routes, handlers, (failed, error) =>
        logFailure('call failed', error, { route: failed }),
      );
      const given = { params: present(event.pathParameters), query: present(event.queryStringParameters) };
      const { asItCame }: Route = routes[route];
      if (asItCame === true) {
        const delivery = deliveryIn(event, body);
        return toResult(await call(route, { ...given, caller: { kind: 'nobody' }, body: '', delivery }));
      }
      const text = textOf(await inflated(body, event.headers['content-encoding'], MOST_BODY_BYTES));
      return toResult(
        await call(route, {
          ...given,
          caller: await callerOf(
            event,
            shownBy(routes[route], { authorization: event.headers['authorization'], body, text }),
            authenticate,
          ),
          body: withAttributes(text, (header) => event.headers[header]),
        }),
      );
    } catch (error) {
      const answer = problemOf(error);
      if (answer.status >= 500)
        logFailure('call failed before its handler', error, { route: event.routeKey });
      return toResult(answer);
    }
  }).use(perInvocation());
};

/** The gateway's own address takes TLS alone. Names of headers come in small letters. */
const deliveryIn = (
  { headers, requestContext: { domainName = '' }, rawPath = '', rawQueryString = '' }: HttpEvent,
  body: RawBody,
): Delivery => ({
  headers: present(headers),
  url: `https://${domainName}${rawPath}${rawQueryString === '' ? '' : `?${rawQueryString}`}`,
  body: exactTextOf(body),
});

const namesByKey = <F extends RouteFunction>(
  name: F,
  routes: Pick<Routes, RoutesOf<F>>,
): ReadonlyMap<string, RoutesOf<F>> =>
  new Map(
    (Object.entries(routes) as [string, Route][])
      .filter(([, route]) => route.function === name)
      .map(([route, { method, path }]) => [`${method} ${path}`, route as RoutesOf<F>]),
  );

async function callerOf(
  { requestContext }: HttpEvent,
  shown: Shown,
  authenticate: Parts<RouteFunction>['authenticate'],
): Promise<Caller> {
  const claims = requestContext.authorizer?.jwt?.claims;
  if (claims !== undefined) return personOf(claims, setting('rolesClaim'));
  return authenticate === undefined ? { kind: 'nobody' } : authenticate(shown);
}

/** Where there is none, one gateway leaves it out and another writes null; so it is with parameters. */
const bodyOf = ({ body, isBase64Encoded }: HttpEvent): RawBody =>
  isBase64Encoded ? Buffer.from(body ?? '', 'base64') : (body ?? '');

const present = (
  values: Readonly<Record<string, string | undefined>> | null | undefined,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

const toResult = ({ status, headers, body }: HttpAnswer): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: { ...headers },
  body,
});
