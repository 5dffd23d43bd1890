import { describe, expect, it } from 'vitest';
import { openApi } from '../../../../shared/contracts/openapi.ts';
import { defaultThrottle, type Route } from '../../../../shared/contracts/route.ts';
import { routes } from '../../../../shared/contracts/routes.ts';
import { tellable } from '../../../../shared/domain/events/catalogue.ts';
import { memoryMachine, submit } from '../../../support/memory-machine.ts';

type Json = Readonly<Record<string, unknown>>;

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security: readonly Json[];
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: Json;
  }[];
  readonly requestBody?: {
    readonly content?: Readonly<
      Record<
        string,
        { readonly schema: Json; readonly examples?: Readonly<Record<string, { readonly value: unknown }>> }
      >
    >;
  };
  readonly responses: Readonly<
    Record<
      string,
      { readonly description: string; readonly content: Readonly<Record<string, { readonly schema: Json }>> }
    >
  >;
}

// As it is served: JSON.
const document = JSON.parse(JSON.stringify(openApi())) as {
  readonly openapi: string;
  readonly info: Json;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>>; readonly securitySchemes: Json };
};

const all = Object.entries(routes) as [string, Route][];
/** Answers that none of our code makes. */
const byTheGateway = ['429'];
/** Answers without a body. */
const bare = ['431'];
function typesOf(status: string): readonly string[] {
  if (bare.includes(status)) return [];
  const isJson = Number(status) < 300 || byTheGateway.includes(status);
  return [isJson ? 'application/json' : 'application/problem+json'];
}

function schemesOf({ access }: Route): readonly string[] {
  if (access === 'open') return [];
  return access === 'source' ? ['writeKey', 'signature'] : ['person'];
}

const operationOf = ({ path, method }: Route): Operation | undefined =>
  document.paths[path]?.[method.toLowerCase()];

/** Every value in the document with the path to it. */
function* within(value: unknown, path = '#'): Generator<readonly [string, unknown]> {
  yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, entry] of Object.entries(value))
    yield* within(entry, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}

describe('the description of the API', () => {
  it('has every route once, and no other', () => {
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

    expect(document.openapi).toBe('3.1.0');
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(all.map(([name]) => name).sort());
    for (const [name, route] of all)
      expect(operationOf(route)).toMatchObject({ operationId: name, summary: route.summary });
  });

  it('has no reference that leads nowhere', () => {
    const places = new Map(within(document));
    const references = [...places].filter(([path]) => path.endsWith('/$ref')).map(([, target]) => target);

    expect(references.length).toBeGreaterThan(0);
    expect(references.filter((target) => !places.has(String(target)))).toEqual([]);
  });

  it('has the payload of every event type, with a sample', () => {
    for (const type of Object.keys(tellable) as (keyof typeof tellable)[]) {
      expect(document.components.schemas[type]).toMatchObject({
        type: 'object',
        description: tellable[type].summary,
        examples: [tellable[type].sample],
      });
    }
  });

  it('shows events that the endpoint takes as they are', async () => {
    const examples =
      operationOf(routes.acceptEvents)?.requestBody?.content?.['application/json']?.examples ?? {};
    expect(Object.keys(examples)).toEqual(Object.keys(tellable));

    const results = await submit(memoryMachine(), ...Object.values(examples).map(({ value }) => value));

    expect(results.map(({ status }) => status)).toEqual(results.map(() => 'accepted'));
  });

  it.each(all)('names the parameters of %s where they are', (_name, route) => {
    const parameters = operationOf(route)?.parameters ?? [];
    const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

    expect(parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(inPath);
    expect(parameters.every((one) => one.required === (one.in === 'path'))).toBe(true);
    expect(parameters.filter((one) => one.in === 'query').map(({ name }) => name)).toEqual(
      Object.keys(route.query?.shape ?? {}),
    );
  });

  it.each(all)('says of %s who may call it, what it takes, and how it fails', (_name, route) => {
    const operation = operationOf(route);

    expect(operation?.security).toEqual(schemesOf(route).map((scheme) => ({ [scheme]: [] })));
    expect(operation?.requestBody !== undefined).toBe(route.body !== undefined);
    expect(Object.keys(operation?.responses ?? {})).toContain(String(route.status));
    for (const [status, { description, content }] of Object.entries(operation?.responses ?? {})) {
      expect(description).not.toBe('');
      expect(Object.keys(content ?? {})).toEqual(typesOf(status));
    }
  });

  it('knows each security scheme that it asks for', () => {
    const asked = all.flatMap(([, route]) => operationOf(route)?.security.flatMap(Object.keys) ?? []);

    expect(new Set(asked)).toEqual(new Set(Object.keys(document.components.securitySchemes)));
  });
});

describe('routes', () => {
  it('are told apart by method and path', () => {
    const places = all.map(([, { method, path }]) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`);

    expect(new Set(places).size).toBe(places.length);
  });

  it('declare each parameter of their path', () => {
    for (const [, { path, params }] of all) {
      expect([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)).toEqual(
        Object.keys(params?.shape ?? {}),
      );
    }
  });

  it('name no answer that cannot come: of keys where none is asked for, of content where none is taken', () => {
    const problemsOf = (path: string, method: string) =>
      Object.keys(document.paths[path]?.[method]?.responses ?? {}).filter((status) => /^4/.test(status));

    expect(problemsOf('/health', 'get')).toEqual(['413', '429', '431']);
    expect(problemsOf('/v1/campaigns', 'get')).toEqual(['401', '403', '413', '429', '431']);
    // A webhook needs no key and has a signature, which may be wrong.
    expect(problemsOf('/v1/hooks/{id}', 'post')).toContain('401');
    expect(problemsOf('/v1/hooks/{id}', 'post')).not.toContain('403');
    expect(problemsOf('/v1/customers/look-up', 'post')).toEqual(
      expect.arrayContaining(['400', '401', '403', '404', '413', '422']),
    );
  });

  it('say how often they may be called: by their own numbers, or by those for all', () => {
    const saidOf = (route: Route) => operationOf(route)?.responses['429']?.description;

    expect(saidOf(routes.acceptEvents)).toMatch(/^More than 2000 calls a second, or 1000 in one moment/);
    expect(saidOf(routes.listRuns)).toContain(`${defaultThrottle.perSecond} calls a second`);
  });
});
