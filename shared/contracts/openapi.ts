import * as z from 'zod';
import { tellable } from '../domain/events/catalogue.ts';
import { Problem } from './problem.ts';
import { defaultThrottle, type Route, type Throttle } from './route.ts';
import { routes } from './routes.ts';
import { SIGNING_SCHEME } from './signing.ts';

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'No or unknown key, or a wrong signature',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Contradicts what is there',
  413: 'Too large',
  422: 'The content cannot be taken',
  503: 'Nothing was taken; send it again',
};

type Schema = Readonly<Record<string, unknown>>;

const schemaOf = (type: z.ZodType, io: 'input' | 'output'): Schema => {
  const { $schema: _version, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' });
  return schema;
};

/** The OpenAPI 3.1 description, made from the schemas that check every request. */
export const openApi = () => ({
  openapi: '3.1.0',
  info: {
    title: 'Clientele',
    version: '1',
    description: 'Tills and shops push what happened; people ask who their customers are and speak to them.',
  },
  components: {
    securitySchemes: {
      writeKey: {
        type: 'http',
        scheme: 'bearer',
        description: 'The write key of a source (also as Basic user name).',
      },
      signature: {
        type: 'http',
        scheme: SIGNING_SCHEME,
        description:
          'A signature by a signing key, whose secret never travels: `key=<id>, time=<unix seconds>, signature=<hex>`, ' +
          'the signature being HMAC-SHA256 of `<time>.<id>.` and the bytes of the body.',
      },
      person: {
        type: 'http',
        scheme: 'bearer',
        description: 'A token of the identity provider, or an access key.',
      },
    },
    schemas: { Problem: schemaOf(Problem, 'output'), ...eventSchemas() },
  },
  paths: pathsOf(),
});

function pathsOf(): Record<string, Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return paths;
}

const operation = (name: string, route: Route) => ({
  operationId: name,
  summary: route.summary,
  tags: [route.function.split('/')[0]],
  security: schemesOf(route).map((scheme) => ({ [scheme]: [] })),
  ...(Array.isArray(route.access) ? { description: `Roles: ${route.access.join(', ')}.` } : {}),
  parameters: [...parameters('path', route.params), ...parameters('query', route.query)],
  ...(route.body === undefined
    ? {}
    : {
        requestBody: {
          required: true,
          content: { 'application/json': { schema: schemaOf(route.body, 'input'), ...examplesOf(route) } },
        },
      }),
  responses: {
    [route.status]: {
      description: 'Done',
      content: { 'application/json': { schema: schemaOf(route.answer, 'output') } },
    },
    ...Object.fromEntries(
      Object.entries(PROBLEMS)
        .filter(([status]) => mayAnswer(route, Number(status)))
        .map(([status, description]) => [status, problem(description)]),
    ),
    429: tooMany(route.throttle ?? defaultThrottle),
    431: {
      description: 'The address or the headers are too long; no server takes more than some KB of them',
    },
  },
});

/**
 * Who needs no key is never asked for one, but what is taken as it came proves itself by its signature. Where nothing is
 * named or sent, nothing can be missing, wrong or in the way.
 */
function mayAnswer({ access, asItCame, method, params, query }: Route, status: number): boolean {
  if (status === 401) return access !== 'open' || asItCame === true;
  if (status === 403) return access !== 'open';
  const takesSomething = method !== 'GET' || params !== undefined || query !== undefined;
  return takesSomething || ![400, 404, 409, 422].includes(status);
}

/** On AWS the gateway answers it before any of our code runs, so it is no problem details. */
const tooMany = ({ perSecond, burst }: Throttle) => ({
  description: `More than ${perSecond} calls a second, or ${burst} in one moment, over all callers: wait a little and send it again`,
  content: {
    'application/json': { schema: { type: 'object', properties: { message: { type: 'string' } } } },
  },
});

/** Any one of them is enough. */
const schemesOf = ({ access }: Route): readonly string[] =>
  access === 'open' ? [] : access === 'source' ? ['writeKey', 'signature'] : ['person'];

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

function parameters(place: 'path' | 'query', schema: z.ZodObject | undefined) {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Schema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

/** The payload of each event type, with its sample. */
const eventSchemas = (): Record<string, Schema> =>
  Object.fromEntries(
    Object.values(tellable).map(({ type, data, summary, sample }) => [
      type,
      { ...schemaOf(data, 'input'), description: summary, examples: [sample] },
    ]),
  );

const examplesOf = ({ access, forSdks }: Route) =>
  access === 'source' && forSdks !== true
    ? {
        examples: Object.fromEntries(
          Object.values(tellable).map(({ type, summary, sample, ...definition }) => [
            type,
            {
              summary,
              value: {
                ...('naturalKey' in definition ? {} : { id: `sample-${type}` }),
                type,
                occurredAt: '2026-03-14T10:15:00+01:00',
                ids: { member: 'M-1001', email: 'ada@example.com' },
                ...('related' in definition ? { relatedIds: { member: 'M-1002' } } : {}),
                data: sample,
              },
            },
          ]),
        ),
      }
    : {};
