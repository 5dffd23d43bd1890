import type * as z from 'zod';
import type { Caller, Handlers, Refusal } from '../../contracts/handler.ts';
import type { Route } from '../../contracts/route.ts';
import type { RouteName } from '../../contracts/routes.ts';
import type { Delivery } from '../../domain/dialects/webhook.ts';
import { complaint } from '../../domain/kernel/complaint.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';
import { exactJson } from '../../domain/kernel/exact-json.ts';
import { type HttpAnswer, jsonAnswer, problemAnswer, problemOf } from './problems.ts';

/** A request as any host has it: parameters cut out of the path, the body as text. */
export interface HttpRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
  readonly caller: Caller;
  /** All of it as it came, for routes that ask for that. */
  readonly delivery?: Delivery;
}

/** Observes what went wrong inside; it gets codes and routes, never bodies. */
export type OnFailure = (route: RouteName, error: unknown) => void;

const NO_KEY: Refusal = {
  code: 'unauthenticated',
  detail: 'Send a valid key: Authorization: Bearer <key>.',
};

type AnyHandler = (request: unknown) => Promise<{ body: unknown }>;

/** Checks access and shapes, calls the handler, and puts every outcome into HTTP's words. Never throws. */
export const dispatch =
  <N extends RouteName>(
    routes: Readonly<Record<N, Route>>,
    handlers: Handlers<N>,
    onFailure: OnFailure = () => undefined,
  ) =>
  async (name: N, request: HttpRequest): Promise<HttpAnswer> => {
    const route = routes[name];
    const worded = route.forSdks === true ? forSdks : asItIs;
    const refusal = refuse(route, request.caller);
    if (refusal !== undefined) return worded(refusal);
    try {
      const input = { ...read(route, request), caller: request.caller };
      // The route's own schemas produced this input; the table of handlers is typed by the same schemas.
      const { body } = await (handlers[name] as unknown as AnyHandler)(input);
      return worded(jsonAnswer(route.status, body));
    } catch (error) {
      const answer = worded(problemOf(error));
      if (answer.status >= 500) onFailure(name, error);
      return answer;
    }
  };

const asItIs = (answer: HttpAnswer): HttpAnswer => answer;

/** As published libraries read an answer. */
function forSdks(answer: HttpAnswer): HttpAnswer {
  if (answer.status !== 422) return answer;
  return { ...answer, status: 400, body: JSON.stringify({ ...JSON.parse(answer.body), status: 400 }) };
}

function refuse({ access }: Route, caller: Caller): HttpAnswer | undefined {
  if (access === 'open') return undefined;
  if (caller.kind === 'nobody') {
    const { code, detail, more } = caller.refusal ?? NO_KEY;
    return problemAnswer(401, code, detail, more);
  }
  if (access === 'source') {
    return caller.kind === 'source'
      ? undefined
      : problemAnswer(403, 'forbidden', 'Events are sent with the key of a source.');
  }
  if (caller.kind === 'person' && access.some((role) => caller.roles.includes(role))) return undefined;
  return problemAnswer(403, 'forbidden', `This needs one of the roles ${access.join(', ')}.`);
}

function read(route: Route, { params, query, body, delivery }: HttpRequest) {
  return {
    params: route.params === undefined ? undefined : check(route.params, params, 'params'),
    query: route.query === undefined ? undefined : check(route.query, filledIn(query), 'query'),
    body:
      route.asItCame === true
        ? delivery
        : route.access === 'source'
          ? body
          : route.body === undefined
            ? undefined
            : check(route.body, isLeftOut(route.body, body) ? undefined : parseJson(body), 'body'),
  };
}

/** A field of a form that was left empty says nothing: `?cursor=` asks for the first page. */
const filledIn = (query: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));

/** Where nothing has to be said, nothing may be sent. */
const isLeftOut = (schema: z.ZodType, body: string): boolean =>
  body === '' && schema.safeParse(undefined).success;

/** Text to JSON, or InvalidInput `malformed-json` that says where it broke. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') throw new InvalidInput('malformed-json', '', 'The body is empty; it takes JSON');
  try {
    return exactJson(text);
  } catch (error) {
    throw new InvalidInput('malformed-json', '', `The body is not JSON: ${String(error)}`);
  }
}

function check(schema: z.ZodType, value: unknown, where: string): unknown {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw complaint(parsed.error, [where]);
  return parsed.data;
}
