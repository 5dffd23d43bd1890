import '../../../support/silent-log.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { httpFunction } from '../../../../functions/_shell/http.ts';
import type { Caller, Handlers } from '../../../../shared/contracts/handler.ts';
import { NotFound, StoreUnavailable } from '../../../../shared/domain/kernel/errors.ts';
import { context } from '../../../support/lambda-context.ts';

type Event = Parameters<ReturnType<typeof httpFunction>>[0];

const event = (routeKey: string, more: Partial<Event> = {}): Event => ({
  routeKey,
  headers: {},
  isBase64Encoded: false,
  requestContext: {},
  ...more,
});

const asPerson = (roles: string): Partial<Event> => ({
  requestContext: { authorizer: { jwt: { claims: { sub: 'ada', roles } } } },
});

const run = { asOf: '2026-01-31', status: 'done', startedAt: '2026-02-01T02:30:00.000Z' } as const;
const runs: Handlers<'listRuns' | 'getRun'> = {
  listRuns: async () => ({ body: { runs: [run] } }),
  getRun: async ({ params: { asOf } }) => {
    if (asOf !== run.asOf) throw new NotFound('run', asOf);
    return { body: run };
  },
};
const readRuns = httpFunction('night/read-runs', () => ({ handlers: runs }));

const json = ({ body }: { body?: string | undefined }): Record<string, unknown> => JSON.parse(body ?? '');

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a person who calls a function', () => {
  it('is answered by the handler of the route', async () => {
    vi.stubEnv('CLIENTELE_ROLES_CLAIM', 'roles');

    const answer = await readRuns(
      event('GET /v1/runs/{asOf}', { ...asPerson('[ops]'), pathParameters: { asOf: run.asOf } }),
      context,
    );

    expect(answer.statusCode).toBe(200);
    expect(json(answer)).toEqual(run);
  });

  it('is refused without a role that may', async () => {
    vi.stubEnv('CLIENTELE_ROLES_CLAIM', 'roles');

    const answer = await readRuns(event('GET /v1/runs', asPerson('[clerk]')), context);

    expect([answer.statusCode, json(answer)['code']]).toEqual([403, 'forbidden']);
  });

  it('is told what is not there', async () => {
    vi.stubEnv('CLIENTELE_ROLES_CLAIM', 'roles');

    const answer = await readRuns(
      event('GET /v1/runs/{asOf}', { ...asPerson('ops'), pathParameters: { asOf: '2020-01-01' } }),
      context,
    );

    expect([answer.statusCode, json(answer)['code']]).toEqual([404, 'not-found']);
    expect(answer.headers?.['content-type']).toBe('application/problem+json');
  });
});

describe('somebody without a token', () => {
  it('is nobody where people are asked for', async () => {
    const answer = await readRuns(
      event('GET /v1/runs', { headers: { authorization: 'Bearer made-up' } }),
      context,
    );

    expect(answer.statusCode).toBe(401);
  });
});

describe('a source that calls with a key', () => {
  const seen: unknown[] = [];
  const till: Caller = { kind: 'source', name: 'till-1' };
  const accept = httpFunction('ingest/accept-events', () => ({
    handlers: {
      acceptEvents: async ({ body, caller }) => {
        seen.push({ body, caller });
        return { body: { results: [] } };
      },
    },
    authenticate: async (header) => (header === 'Bearer right' ? till : { kind: 'nobody' }),
  }));

  it('is let in by the right one, with the body as it came, out of base64', async () => {
    const body = Buffer.from('{"ë":1}').toString('base64');

    const answer = await accept(
      event('POST /v1/events', { headers: { authorization: 'Bearer right' }, body, isBase64Encoded: true }),
      context,
    );

    expect(answer.statusCode).toBe(202);
    expect(seen).toEqual([{ body: '{"ë":1}', caller: till }]);
  });

  it('is refused with a wrong one', async () => {
    const answer = await accept(
      event('POST /v1/events', { headers: { authorization: 'Bearer wrong' } }),
      context,
    );

    expect([answer.statusCode, json(answer)['code']]).toEqual([401, 'unauthenticated']);
  });
});

describe('a function that cannot answer', () => {
  it('says 404 for a route that is not its own', async () => {
    const answer = await readRuns(event('GET /v1/segments'), context);

    expect([answer.statusCode, json(answer)['code']]).toEqual([404, 'not-found']);
  });

  it('says 503 while it cannot be built, and answers when it can', async () => {
    let attempts = 0;
    const slow = httpFunction('api/describe', async () => {
      attempts += 1;
      if (attempts === 1) throw new StoreUnavailable('the secret is away');
      return {
        handlers: {
          health: async () => ({ body: { status: 'ok' } }),
          describe: async () => ({ body: { openapi: '3.1.0' } }),
        },
      };
    });

    const first = await slow(event('GET /health'), context);
    const second = await slow(event('GET /health'), context);

    expect([first.statusCode, first.headers?.['retry-after']]).toEqual([503, '5']);
    expect(json(second)).toEqual({ status: 'ok' });
  });

  it('says 500 and nothing of the inside for a defect', async () => {
    const broken = httpFunction('api/describe', () => {
      throw new Error('ada@example.com is no table');
    });

    const answer = await broken(event('GET /health'), context);

    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('ada@example.com');
  });
});
