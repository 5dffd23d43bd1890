import { routes } from '../../../../shared/contracts/routes.ts';
import '../../../support/silent-log.ts';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { httpFunction } from '../../../../functions/_shell/http.ts';
import type { Delivery } from '../../../../shared/domain/dialects/webhook.ts';
import { NotProven } from '../../../../shared/domain/kernel/errors.ts';
import { context } from '../../../support/lambda-context.ts';

type Event = Parameters<ReturnType<typeof httpFunction>>[0];

const event = (more: Partial<Event> = {}): Event => ({
  routeKey: 'POST /v1/hooks/{id}',
  headers: {},
  isBase64Encoded: false,
  pathParameters: { id: 'market' },
  requestContext: { domainName: 'events.example.com' },
  rawPath: '/v1/hooks/market',
  rawQueryString: '',
  ...more,
});

/** What a handler gets of a call, character by character. */
async function got(more: Partial<Event>): Promise<Delivery> {
  let seen: Delivery | undefined;
  const take = httpFunction('ingest/take-webhooks', routes, () => ({
    handlers: {
      takeHook: async ({ body }) => {
        seen = body;
        return { body: { status: 'nothing', accepted: 0, duplicates: 0, refused: [] } };
      },
    },
  }));
  await take(event(more), context);
  if (seen === undefined) throw new Error('The handler was not called');
  return seen;
}

describe('a call that proves itself by its body', () => {
  const text = '\ufeff{ "name":\t"Zoë 🫖" }\r\n';

  it.each([
    ['as text', { body: text }],
    ['in base64', { body: Buffer.from(text).toString('base64'), isBase64Encoded: true }],
  ])('arrives %s as it was sent, with a byte order mark too', async (_how, body) => {
    expect((await got(body)).body).toBe(text);
  });

  it('is neither unpacked nor put into another form', async () => {
    const packed = gzipSync('{}');

    const unpacked = await got({
      body: packed.toString('base64'),
      isBase64Encoded: true,
      headers: { 'content-encoding': 'gzip' },
    });
    const event = await got({ body: '{}', headers: { 'ce-specversion': '1.0' } });

    expect(unpacked.body).toBe(new TextDecoder().decode(packed));
    expect(event.body).toBe('{}');
  });

  it('comes with its headers and the address that was called', async () => {
    expect(await got({ headers: { 'x-sign': 'abc' }, rawQueryString: 'token=t%20x' })).toMatchObject({
      headers: { 'x-sign': 'abc' },
      url: 'https://events.example.com/v1/hooks/market?token=t%20x',
    });
    expect((await got({})).url).toBe('https://events.example.com/v1/hooks/market');
  });

  it('is a 401 where it does not, and a 413 before anybody asks where it is too large', async () => {
    const refusing = httpFunction('ingest/take-webhooks', routes, () => ({
      handlers: {
        takeHook: async () => {
          throw new NotProven('nobody');
        },
      },
    }));

    const [refused, large] = [
      await refusing(event({ body: '{}' }), context),
      await refusing(event({ body: 'x'.repeat(1_000_001) }), context),
    ];

    expect([refused.statusCode, JSON.parse(refused.body ?? '').code]).toEqual([401, 'signature-refused']);
    expect(large.statusCode).toBe(413);
  });
});
