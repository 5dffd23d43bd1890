import { routes } from '../../../../shared/contracts/routes.ts';
import '../../../support/silent-log.ts';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { httpFunction } from '../../../../functions/_shell/http.ts';
import { authenticate } from '../../../../shared/application/http/access.ts';
import { grantKey } from '../../../../shared/application/http/manage-keys.ts';
import type { Caller, Handlers } from '../../../../shared/contracts/handler.ts';
import { NotFound, StoreUnavailable } from '../../../../shared/domain/kernel/errors.ts';
import { context } from '../../../support/lambda-context.ts';
import { memoryMachine } from '../../../support/memory-machine.ts';
import { noSegment } from '../../../support/no-segment.ts';
import { signedBy } from '../../../support/signed-by.ts';

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
const readRuns = httpFunction('night/read-runs', routes, () => ({ handlers: runs }));

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
  const accept = httpFunction('ingest/accept-events', routes, () => ({
    handlers: {
      ...noSegment,
      acceptEvents: async ({ body, caller }) => {
        seen.push({ body, caller });
        return { body: { results: [] } };
      },
    },
    authenticate: async ({ authorization }) => (authorization === 'Bearer right' ? till : { kind: 'nobody' }),
  }));

  it('is let in by the right one, with the body as it came, out of base64', async () => {
    const body = Buffer.from('{"ë":1}').toString('base64');

    const answer = await accept(
      event('POST /v1/events', { headers: { authorization: 'Bearer right' }, body, isBase64Encoded: true }),
      context,
    );

    expect(answer.statusCode).toBe(202);
    expect(seen.at(-1)).toEqual({ body: '{"ë":1}', caller: till });
  });

  const packed = (bytes: Uint8Array, encoding = 'gzip'): Partial<Event> => ({
    headers: { authorization: 'Bearer right', 'content-encoding': encoding },
    body: Buffer.from(bytes).toString('base64'),
    isBase64Encoded: true,
  });

  it('may pack its body', async () => {
    await accept(event('POST /v1/events', packed(gzipSync('{"ë":2}'))), context);

    expect(seen.at(-1)).toEqual({ body: '{"ë":2}', caller: till });
  });

  it('may say in headers what a CloudEvent is', async () => {
    const headers = { authorization: 'Bearer right', 'ce-specversion': '1.0', 'ce-id': '7' };
    await accept(event('POST /v1/events', { headers, body: '{"a":1}' }), context);

    expect(seen.at(-1)).toEqual({ body: '{"specversion":"1.0","id":"7","data":{"a":1}}', caller: till });
  });

  it.each([
    ['what is no gzip', packed(Buffer.from('{}')), 400, 'malformed-gzip'],
    ['a bomb', packed(gzipSync(Buffer.alloc(50_000_000))), 413, 'batch-too-large'],
    ['a packing nobody knows', packed(Buffer.from('{}'), 'br'), 415, 'unsupported-encoding'],
  ])('is told so for %s', async (_what, sent, status, code) => {
    const answer = await accept(event('POST /v1/events', sent), context);

    expect([answer.statusCode, json(answer)['code']]).toEqual([status, code]);
  });

  it('is refused with a wrong one', async () => {
    const answer = await accept(
      event('POST /v1/events', { headers: { authorization: 'Bearer wrong' } }),
      context,
    );

    expect([answer.statusCode, json(answer)['code']]).toEqual([401, 'unauthenticated']);
  });
});

describe('a source that signs', () => {
  /** A function as it is deployed, but for its handler, which answers what it was given. */
  async function aFunction() {
    const machine = memoryMachine();
    const { key, secret } = await grantKey(machine)({
      kind: 'signing',
      grant: { kind: 'source', name: 'till-7' },
    });
    const given: unknown[] = [];
    const accept = httpFunction('ingest/accept-events', routes, () => ({
      handlers: {
        ...noSegment,
        acceptEvents: async (request) => {
          given.push(request);
          return { body: { results: [] } };
        },
      },
      authenticate: authenticate(machine),
    }));
    const send = async (
      signed: string | Uint8Array,
      { body, isBase64Encoded }: { body: string; isBase64Encoded: boolean },
    ) => {
      const time = Date.parse(machine.clock()) / 1_000;
      const authorization = signedBy({ id: key.id, secret, time }, signed);
      const answer = await accept(
        event('POST /v1/events', { headers: { authorization }, body, isBase64Encoded }),
        context,
      );
      return { status: answer.statusCode, code: json(answer)['code'] };
    };
    return { send, given };
  }

  const base64 = (bytes: string | Uint8Array) => ({
    body: Buffer.from(bytes).toString('base64'),
    isBase64Encoded: true,
  });

  it('is let in, whether the API hands its body on as text or as base64', async () => {
    const { send, given } = await aFunction();
    const body = '{"naïve":"🫖"}';

    expect(await send(body, { body, isBase64Encoded: false })).toMatchObject({ status: 202 });
    expect(await send(body, base64(body))).toMatchObject({ status: 202 });

    expect(given).toMatchObject([{ body }, { body }]);
  });

  it('is let in by the bytes as they were sent, also where they are no text', async () => {
    const { send, given } = await aFunction();
    const bytes = new Uint8Array([0x22, 0xff, 0xc3, 0x28, 0x22]);

    expect(await send(bytes, base64(bytes))).toMatchObject({ status: 202 });

    expect(given).toMatchObject([{ body: '"\ufffd\ufffd("' }]);
  });

  it('is refused where a byte differs that would be lost in text', async () => {
    const { send } = await aFunction();

    expect(await send(new Uint8Array([0xff]), base64(new Uint8Array([0xfe])))).toEqual({
      status: 401,
      code: 'signature-refused',
    });
  });

  it('is told to split what is too large, before its signature is worked out', async () => {
    const { send } = await aFunction();
    const large = 'é'.repeat(500_001);

    const tooLarge = { status: 413, code: 'batch-too-large' };
    expect(await send('anything else', { body: large, isBase64Encoded: false })).toEqual(tooLarge);
    expect(await send('anything else', base64(large))).toEqual(tooLarge);
  });
});

describe('a function that cannot answer', () => {
  it('says 404 for a route that is not its own', async () => {
    const answer = await readRuns(event('GET /v1/segments'), context);

    expect([answer.statusCode, json(answer)['code']]).toEqual([404, 'not-found']);
  });

  it('takes a body that is null for none', async () => {
    const none = { body: null } as unknown as Partial<Event>;

    const answers = [
      await readRuns(event('GET /v1/runs', none), context),
      await readRuns(event('GET /v1/runs', { ...none, isBase64Encoded: true }), context),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401]);
  });

  it('says 503 while it cannot be built, and answers when it can', async () => {
    let attempts = 0;
    const slow = httpFunction('api/describe', routes, async () => {
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
    const broken = httpFunction('api/describe', routes, () => {
      throw new Error('ada@example.com is no table');
    });

    const answer = await broken(event('GET /health'), context);

    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('ada@example.com');
  });
});
