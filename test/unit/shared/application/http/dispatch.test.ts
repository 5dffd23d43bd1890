import { describe, expect, it } from 'vitest';
import { describeApi } from '../../../../../shared/application/http/describe-api.ts';
import { dispatch, type HttpRequest } from '../../../../../shared/application/http/dispatch.ts';
import { problemAnswer, problemOf } from '../../../../../shared/application/http/problems.ts';
import type { Caller, Handlers } from '../../../../../shared/contracts/handler.ts';
import { Problem } from '../../../../../shared/contracts/problem.ts';
import { type Role, roles } from '../../../../../shared/contracts/route.ts';
import { type RouteName, routes } from '../../../../../shared/contracts/routes.ts';
import {
  Conflict,
  Defect,
  EventsNotAccepted,
  InvalidInput,
  NotFound,
  StoreUnavailable,
  TooManyConflicts,
} from '../../../../../shared/domain/kernel/errors.ts';

const nobody: Caller = { kind: 'nobody' };
const source: Caller = { kind: 'source', name: 'till' };
const person = (...some: Role[]): Caller => ({ kind: 'person', name: 'ada', roles: some });

const request = (change: Partial<HttpRequest> = {}): HttpRequest => ({
  params: {},
  query: {},
  body: '',
  caller: nobody,
  ...change,
});

/** Handlers that answer with what they were given. */
const echo = Object.fromEntries(
  Object.keys(routes).map((name) => [name, async (given: unknown) => ({ body: given })]),
) as unknown as Handlers;

/** Handlers that fail. */
const failing = (error: unknown) =>
  Object.fromEntries(
    Object.keys(routes).map((name) => [name, () => Promise.reject(error)]),
  ) as unknown as Handlers;

describe('access', () => {
  const names = Object.keys(routes) as RouteName[];
  const status = async (name: RouteName, caller: Caller) =>
    (await dispatch(routes, echo)(name, request({ caller }))).status;

  it.each(names)('of %s is as the contract says', async (name) => {
    const { access } = routes[name];
    const [open, forSource, forRoles]: [boolean, boolean, readonly string[]] = [
      access === 'open',
      access === 'source',
      Array.isArray(access) ? access : [],
    ];

    expect((await status(name, nobody)) === 401).toBe(!open);
    expect((await status(name, source)) === 403).toBe(!(open || forSource));
    for (const role of roles)
      expect((await status(name, person(role))) === 403).toBe(!(open || forRoles.includes(role)));
    expect((await status(name, person())) === 403).toBe(!open);
  });

  it('refused asks for a key, and no handler is called', async () => {
    const answer = await dispatch(routes, failing(new Error('was called')))('listRuns', request());

    expect(answer).toMatchObject({
      status: 401,
      headers: {
        'www-authenticate': 'Bearer realm="clientele", Clientele-HMAC-SHA256 realm="clientele"',
      },
    });
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'unauthenticated' });
  });

  it('refused says what was wrong with the credentials, where something can be said', async () => {
    const refusal = {
      code: 'signature-expired',
      detail: 'Set the clock',
      more: { serverTime: 1_773_576_000 },
    };

    const answer = await dispatch(routes, echo)(
      'acceptEvents',
      request({ caller: { kind: 'nobody', refusal } }),
    );

    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.body)).toMatchObject({
      type: 'urn:clientele:problem:signature-expired',
      code: 'signature-expired',
      detail: 'Set the clock',
      serverTime: 1_773_576_000,
    });
  });

  it('of an open route needs no valid credentials', async () => {
    const refusal = { code: 'signature-refused', detail: 'No' };

    const answer = await dispatch(routes, echo)('health', request({ caller: { kind: 'nobody', refusal } }));

    expect(answer.status).toBe(200);
  });
});

describe('a request', () => {
  const marketer = person('marketer');

  it('reaches its handler checked, with defaults filled in', async () => {
    const id = `member_${'a'.repeat(26)}`;

    const answer = await dispatch(routes, echo)(
      'getTimeline',
      request({ params: { id }, query: { limit: '7' }, caller: marketer }),
    );

    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({ params: { id }, query: { limit: 7 }, caller: marketer });
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringContaining('application/json'),
      'cache-control': 'no-store',
    });
  });

  it('with an empty query field is one that left it out, and with an empty body is told so', async () => {
    const id = `member_${'a'.repeat(26)}`;
    const asked = { params: { id }, query: { limit: '', cursor: '', type: '' }, caller: marketer };

    const page = await dispatch(routes, echo)('getTimeline', request(asked));
    const nothing = await dispatch(routes, echo)('lookUpCustomer', request({ body: ' ', caller: marketer }));

    expect(JSON.parse(page.body).query).toEqual({ limit: 50 });
    expect(JSON.parse(nothing.body)).toMatchObject({
      code: 'malformed-json',
      detail: 'The body is empty; it takes JSON',
    });
  });

  it('with events reaches it as text, since every item is judged on its own', async () => {
    const answer = await dispatch(routes, echo)(
      'acceptEvents',
      request({ body: '{not json', caller: source }),
    );

    expect(answer.status).toBe(202);
    expect(JSON.parse(answer.body).body).toBe('{not json');
  });

  it.each([
    [
      'a parameter of a wrong shape',
      'getSegment',
      { params: { id: 'No Slug' } },
      422,
      'invalid-field',
      'params.id',
    ],
    [
      'a body that is no JSON',
      'putSegment',
      { params: { id: 'a' }, body: '{' },
      400,
      'malformed-json',
      undefined,
    ],
    ['no body', 'putSegment', { params: { id: 'a' } }, 400, 'malformed-json', undefined],
    [
      'a body of a wrong shape',
      'putSegment',
      { params: { id: 'a' }, body: '{"name":"x"}' },
      422,
      'invalid-field',
      'body.rule',
    ],
    [
      'a field nobody knows',
      'putSegment',
      { params: { id: 'a' }, body: '{"name":"x","rule":{},"limit":1}' },
      422,
      'invalid-field',
      'body',
    ],
    [
      'a date that is none',
      'getRun',
      { params: { asOf: '2026-02-30' } },
      422,
      'invalid-field',
      'params.asOf',
    ],
  ] as const)('with %s is answered and not handled', async (_what, name, change, status, code, path) => {
    const answer = await dispatch(routes, failing(new Error('was called')))(
      name,
      request({ ...change, caller: marketer }),
    );
    const body = JSON.parse(answer.body);

    expect({ status: answer.status, code: body.code, path: body.path }).toEqual({ status, code, path });
  });
});

describe('a failure', () => {
  const outcome = async (error: unknown) => {
    const seen: unknown[] = [];
    const answer = await dispatch(routes, failing(error), (route, failure) => seen.push(route, failure))(
      'health',
      request(),
    );
    return { answer, body: JSON.parse(answer.body), seen };
  };

  it.each([
    ['malformed JSON', new InvalidInput('malformed-json', '', 'not JSON'), 400],
    ['a field', new InvalidInput('invalid-field', 'body.name', 'is missing'), 422],
    ['too large a batch', new InvalidInput('batch-too-large', '', 'split it'), 413],
    ['nothing there', new NotFound('customer', 'x'), 404],
    ['a conflict', new Conflict('was run'), 409],
  ])(
    'of the caller is told in RFC 9457 words, and is no failure of ours: %s',
    async (_what, error, status) => {
      const { answer, body, seen } = await outcome(error);

      expect(answer).toMatchObject({ status, headers: { 'content-type': 'application/problem+json' } });
      expect(Problem.parse(body)).toEqual(body);
      expect(body).toMatchObject({
        status,
        code: error.code,
        type: `urn:clientele:problem:${error.code}`,
        detail: error.message,
      });
      expect(seen).toEqual([]);
    },
  );

  it('names the field where there is one, and holds what more was found', async () => {
    const { body } = await outcome(
      new InvalidInput('no-valid-event', 'events', 'none', { more: { results: [1] } }),
    );
    const { body: plain } = await outcome(new InvalidInput('malformed-json', '', 'none'));

    expect(body).toMatchObject({ path: 'events', results: [1] });
    expect(plain).not.toHaveProperty('path');
  });

  it.each([
    ['a full disk', new StoreUnavailable('disk /var/secret is full')],
    ['a lost race', new TooManyConflicts('The record secret')],
    ['a bus that is away', new EventsNotAccepted([{ index: 0, reason: 'secret' }])],
  ])('that passes asks to come again, and is seen by the operator: %s', async (_what, error) => {
    const { answer, body, seen } = await outcome(error);

    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    expect(body.code).toBe(error.code);
    expect(answer.body).not.toContain('secret');
    expect(seen).toEqual(['health', error]);
  });

  it.each([new Error('secret at /srv/x.ts:1'), new TypeError('secret'), 'secret', undefined])(
    'that nobody foresaw tells nothing of the inside: %s',
    async (error) => {
      const { answer, body, seen } = await outcome(error);

      expect(answer.status).toBe(500);
      expect(body).toEqual({
        type: 'urn:clientele:problem:internal',
        title: expect.any(String),
        status: 500,
        code: 'internal',
      });
      expect(seen).toEqual(['health', error]);
    },
  );

  it('without an observer is answered all the same', async () => {
    expect((await dispatch(routes, failing(new Error('x')))('health', request())).status).toBe(500);
  });
});

describe('a problem', () => {
  it('of a status that has no title of its own has one all the same', () => {
    expect(JSON.parse(problemAnswer(418, 'teapot').body).title).toBe('Problem');
  });

  it('of too many requests says when to come again', () => {
    expect(problemAnswer(429, 'slow-down', 'Slow down.').headers).toHaveProperty('retry-after');
    expect(problemAnswer(404, 'not-found').headers).not.toHaveProperty('retry-after');
  });
});

describe('the API of itself', () => {
  it('is up, and describes itself to anybody', async () => {
    const handle = dispatch(routes, describeApi());

    expect(await handle('health', request())).toMatchObject({ status: 200, body: '{"status":"ok"}' });
    expect(JSON.parse((await handle('describe', request())).body)).toMatchObject({ openapi: '3.1.0' });
  });
});

describe('a defect on our side', () => {
  it('is answered 500, and nothing of it is told', () => {
    const { status, body } = problemOf(new Defect('invalid-master', 'The secret at arn:aws:secret is short'));

    expect(status).toBe(500);
    expect(body).toContain('"code":"internal"');
    expect(body).not.toMatch(/secret|master/);
  });
});

describe('an answer to a published library', () => {
  const call = (name: 'segmentTrack' | 'acceptEvents') =>
    dispatch(routes, failing(new InvalidInput('invalid-field', 'event', 'event: is missing')))(
      name,
      request({ caller: source, body: '{}' }),
    );

  it('is 400 where content cannot be taken, which it takes for final', async () => {
    const answer = await call('segmentTrack');

    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ status: 400, code: 'invalid-field', path: 'event' });
    expect((await call('acceptEvents')).status).toBe(422);
  });
});
