import { gzipSync } from 'node:zlib';
import { Analytics } from '@segment/analytics-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identify, inBrowser, onServer, order, track } from '../builders/a-segment-message.ts';
import { type Host, startHost } from '../support/host.ts';

let host: Host;

beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host.stop());

const now = () => new Date().toISOString();

/** As a library calls: its own headers, and nothing of ours. */
async function call(path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) {
  const answer = await fetch(`${host.url}${path}`, { method: 'POST', headers, body: body });
  return {
    status: answer.status,
    headers: answer.headers,
    body: (await answer.json()) as Record<string, unknown>,
  };
}

const basic = () => `Basic ${btoa(`${host.writeKey}:`)}`;
const json = () => ({ 'content-type': 'application/json', authorization: basic() });
const taken = { status: 200, body: { success: true } };

interface Customer {
  readonly purchases: { readonly net: number; readonly orders: number; readonly returned: number };
  readonly contact: { readonly name?: string; readonly email?: string };
  readonly profiles: readonly string[];
}
const lookUp = (ids: Record<string, string>) => host.ask<Customer>('POST', '/v1/customers/look-up', ids);
const once = (ids: Record<string, string>, wanted: (customer: Customer) => boolean) =>
  host.eventually(
    () => lookUp(ids),
    ({ status, body }) => status === 200 && wanted(body),
  );

describe('a shop that pointed its Segment libraries here', () => {
  it('has one customer of browser, server and phone, to the cent', async () => {
    const member = 'M-segment';
    const device = 'browser-1';
    const frame = { ...onServer, userId: member, timestamp: now() };
    const browser = { ...inBrowser, anonymousId: device, originalTimestamp: now(), sentAt: now() };

    // The browser: text/plain, one message a call, the key in the body.
    const page = JSON.stringify({ ...browser, type: 'page', messageId: 's-page', writeKey: host.writeKey });
    const seen = await call('/v1/p', page, { 'content-type': 'text/plain', origin: 'https://shop.example' });
    expect(seen).toMatchObject(taken);
    expect(seen.headers.get('access-control-allow-origin')).toBe('*');

    // The server: JSON batches, the key as user name.
    const who = identify({ name: 'Ada Vermeer', email: 'ada.segment@example.com' }, browser);
    const bought = track('Order Completed', { ...order, order_id: 'seg-1' }, frame);
    const batch = { batch: [{ ...who, userId: member, messageId: 's-who' }, bought], sentAt: now() };
    expect(await call('/v1/batch', JSON.stringify(batch), json())).toMatchObject(taken);
    expect(await call('/v1/batch', JSON.stringify({ ...batch, sentAt: now() }), json())).toMatchObject(taken);

    // The phone: packed.
    const properties = { order_id: 'seg-1', total: 0.2, products: [{ sku: 'TEA', price: 0.1, quantity: 2 }] };
    const back = { ...track('Order Refunded', properties, frame), messageId: 's-back' };
    const packed = gzipSync(JSON.stringify({ batch: [back], sentAt: now(), writeKey: host.writeKey }));
    const phone = { 'content-type': 'text/plain', 'content-encoding': 'gzip' };
    expect(await call('/v1/b', packed, phone)).toMatchObject(taken);

    const { body } = await once(
      { member },
      ({ purchases, contact }) =>
        purchases.orders === 1 && purchases.returned > 0 && contact.name !== undefined,
    );
    expect(body.purchases).toMatchObject({ orders: 1, net: 4023 - 20, returned: 20 });

    // All that is left comes back: nobody has to say what that was.
    const cancelled = { ...track('Order Refunded', { order_id: 'seg-1' }, frame), messageId: 's-cancelled' };
    expect(await call('/v1/track', JSON.stringify(cancelled), json())).toMatchObject(taken);
    expect((await once({ member }, ({ purchases }) => purchases.net === 0)).body.purchases).toMatchObject({
      orders: 1,
      returned: 4023,
      units: 0,
    });

    expect((await lookUp({ device })).body.profiles).toEqual(body.profiles);
    expect(body.contact.name).toBeDefined();
  });

  it.each(['application/json', 'text/plain;charset=UTF-8', 'application/x-www-form-urlencoded'])(
    'may say any content type, as beacons do: %s',
    async (type) => {
      const body = JSON.stringify({ ...track('Spun'), timestamp: now(), messageId: `b-${type}` });

      expect(await call('/v1/track', body, { ...json(), 'content-type': type })).toMatchObject(taken);
    },
  );
});

describe('a published library', () => {
  it('works here by nothing but another host', async () => {
    const { origin, pathname } = new URL(host.url);
    // Where an emulator answers for many APIs, ours stands under a path.
    const path = `${pathname.replace(/\/$/, '')}/v1/batch`;
    const analytics = new Analytics({ writeKey: host.writeKey, host: origin, path, flushAt: 2 });
    const failed: unknown[] = [];
    analytics.on('error', (error) => failed.push(error));
    const userId = 'M-library';
    analytics.identify({ userId, traits: { email: 'library@example.com' } });
    analytics.track({
      userId,
      event: 'Order Completed',
      properties: { order_id: 'lib-1', total: 12.5, products: [{ sku: 'TEA', price: 12.5, quantity: 1 }] },
    });
    await analytics.closeAndFlush();

    const { body } = await once({ member: userId }, ({ purchases }) => purchases.orders === 1);
    expect([failed, body.purchases.net]).toEqual([[], 1250]);
  });
});

describe('a page of any shop', () => {
  const from = { origin: 'https://shop.example' };

  it('may ask beforehand whether it may call', async () => {
    const asked = {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,authorization',
    };
    const answer = await fetch(`${host.url}/v1/t`, { method: 'OPTIONS', headers: { ...from, ...asked } });
    await answer.text();

    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-methods')).toContain('POST');
    expect(answer.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('authorization');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('may read why it was refused', async () => {
    const { status, headers } = await call('/v1/t', JSON.stringify(track('Spun')), from);

    expect([status, headers.get('access-control-allow-origin')]).toEqual([401, '*']);
  });
});

describe('what libraries have to be told', () => {
  it.each([
    [
      'an unknown key',
      '/v1/t',
      JSON.stringify({ ...track('Spun'), writeKey: 'made-up' }),
      {},
      401,
      'unauthenticated',
    ],
    ['no JSON', '/v1/batch', '{', {}, 400, 'malformed-json'],
    ['nothing that could be taken', '/v1/batch', '{"batch":[{}]}', {}, 400, 'no-valid-event'],
    ['no gzip', '/v1/batch', '{}', { 'content-encoding': 'gzip' }, 400, 'malformed-gzip'],
    [
      'a bomb',
      '/v1/batch',
      gzipSync(Buffer.alloc(100_000_000)),
      { 'content-encoding': 'gzip' },
      413,
      'batch-too-large',
    ],
    ['a packing nobody knows', '/v1/batch', '{}', { 'content-encoding': 'br' }, 415, 'unsupported-encoding'],
  ])('is told by status: %s', async (_what, path, body, headers, status, code) => {
    const sender = code === 'unauthenticated' ? {} : json();

    expect(await call(path, body, { ...sender, ...headers })).toMatchObject({ status, body: { code } });
  });
});
