import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aReceipt } from '../builders/a-receipt.ts';
import { type Host, startHost } from '../support/host.ts';

interface Result {
  readonly status: string;
  readonly code?: string;
  readonly path?: string;
  readonly detail?: string;
  readonly warnings?: readonly { readonly code: string; readonly path: string }[];
}
interface Results {
  readonly results: readonly Result[];
}

let host: Host;

beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host.stop());

const sendOne = async (event: unknown): Promise<Result> => {
  const { body } = await host.send<Results>(event);
  return body.results[0] ?? { status: 'no answer' };
};

const lookUp = (ids: Record<string, string>) =>
  host.ask<{
    code?: string;
    purchases: { net: number; orders: number };
    contact?: { name?: string };
  }>('POST', '/v1/customers/look-up', ids);

describe('a till that sends what cannot be', () => {
  it.each([
    ['an unknown type', { ...aReceipt(), type: 'sale.imagined' }, 'unknown-type', 'type'],
    [
      'a negative quantity in a sale',
      aReceipt({ data: { lines: [{ sku: 'TEA', quantity: -1, unitPrice: 100 }] } }),
      'invalid-field',
      'data.lines.0.quantity',
    ],
    ['an amount beyond 2^53', aReceipt({ amount: 2 ** 60 }), 'invalid-field', 'data.lines.0.unitPrice'],
    [
      'an amount as text',
      aReceipt({ data: { lines: [{ sku: 'TEA', quantity: 1, unitPrice: '9.99' }] } }),
      'invalid-field',
      'data.lines.0.unitPrice',
    ],
    ['a date in the future', aReceipt({ at: '2099-01-01T00:00:00Z' }), 'occurred-in-future', 'occurredAt'],
    ['a date in 1970', aReceipt({ at: '1970-01-01T00:00:01Z' }), 'occurred-too-early', 'occurredAt'],
    ['a date that is none', aReceipt({ at: 'yesterday' }), 'invalid-field', 'occurredAt'],
    ['a foreign currency', aReceipt({ data: { currency: 'USD' } }), 'foreign-currency', 'data.currency'],
    [
      'an event without a name',
      {
        type: 'consent.changed',
        occurredAt: '2026-03-14T10:15:00Z',
        data: { channel: 'email', status: 'granted' },
      },
      'id-missing',
      'id',
    ],
    ['an event of 40 KB', aReceipt({ data: { note: 'x'.repeat(40_000) } }), 'event-too-large', ''],
    [
      'a receipt of 5,000 lines',
      aReceipt({
        data: { lines: Array.from({ length: 5_000 }, () => ({ sku: 'T', quantity: 1, unitPrice: 1 })) },
      }),
      'event-too-large',
      '',
    ],
    ['no object at all', 'sale', 'unknown-type', 'type'],
  ])('is told so for %s, and where', async (_what, event, code, path) => {
    const { status, body } = await host.send<Results & { code: string }>([event]);

    expect({ status, ...body.results[0] }).toMatchObject({ status: 'rejected', code, path });
    expect(status).toBe(422);
    expect(body.code).toBe('no-valid-event');
    expect(body.results[0]?.detail).not.toMatch(/received|undefined/i);
  });

  it('gets an answer for each item, and the good ones are taken', async () => {
    const member = 'M-mixed';
    const { status, body } = await host.send<Results>({
      events: [
        aReceipt({ ids: { member }, amount: 700 }),
        { type: 'nothing' },
        aReceipt({ ids: { member }, amount: 300 }),
      ],
    });

    expect(status).toBe(202);
    expect(body.results.map((result) => result.status)).toEqual(['accepted', 'rejected', 'accepted']);
    const { body: customer } = await host.eventually(
      () => lookUp({ member }),
      (answer) => answer.body.purchases?.orders === 2,
    );
    expect(customer.purchases.net).toBe(1000);
  });
});

describe('a request that cannot be read', () => {
  it.each([
    ['malformed JSON', '{"type":', 400, 'malformed-json'],
    ['nothing', '', 400, 'malformed-json'],
    ['an empty batch', { events: [] }, 422, 'batch-empty'],
    ['a batch of 1,001', Array.from({ length: 1_001 }, () => 1), 413, 'batch-too-large'],
    ['a batch of 600 KB', JSON.stringify(['x'.repeat(600_000)]), 413, 'batch-too-large'],
    ['a body of 2 MB', 'x'.repeat(2_000_000), 413, 'batch-too-large'],
  ])('is answered with problem details: %s', async (_what, body, status, code) => {
    const answer = await host.send(body);

    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ status, code, type: `urn:clientele:problem:${code}` });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });

  it.each([
    ['no key', '', 401],
    ['a wrong key', 'write_wrong', 401],
  ])('is refused with %s', async (_what, key, status) => {
    expect((await host.send(aReceipt(), key)).status).toBe(status);
    expect((await host.ask('GET', '/v1/segments', undefined, key)).status).toBe(status);
  });

  it('is refused where a write key asks for customers', async () => {
    const { status } = await host.ask('GET', '/v1/segments', undefined, host.writeKey);

    // A gateway that knows tokens alone does not even know that it is a key.
    expect([401, 403]).toContain(status);
  });
});

describe('the same thing told again', () => {
  it('is a duplicate, under its own id and under its receipt number', async () => {
    const receipt = aReceipt({ ids: { member: 'M-twice' } });

    expect((await sendOne({ ...receipt, id: 'till-1/77' })).status).toBe('accepted');
    expect((await sendOne({ ...receipt, id: 'till-1/77' })).status).toBe('duplicate');
    expect((await sendOne({ ...receipt, id: 'till-1/78' })).status).toBe('duplicate');
    expect((await sendOne(receipt)).status).toBe('duplicate');
    const { body } = await host.eventually(
      () => lookUp({ member: 'M-twice' }),
      (answer) => answer.status === 200,
    );
    expect(body.purchases).toMatchObject({ orders: 1, net: 1000 });
  });

  it('with other content under one id is a conflict, and the first stays', async () => {
    const first = { ...aReceipt({ ids: { member: 'M-first' }, amount: 500 }), id: 'one-id' };
    const other = { ...aReceipt({ ids: { member: 'M-first' }, amount: 900 }), id: 'one-id' };

    expect((await sendOne(first)).status).toBe('accepted');
    expect(await sendOne(other)).toMatchObject({ status: 'rejected', code: 'conflict', path: 'id' });
    const { body } = await host.eventually(
      () => lookUp({ member: 'M-first' }),
      (answer) => answer.status === 200,
    );
    expect(body.purchases.net).toBe(500);
    expect(await sendOne(other)).toMatchObject({ status: 'rejected', code: 'conflict' });
  });
});

describe('identifiers', () => {
  it('that are invalid are named, and the event is kept', async () => {
    const result = await sendOne(
      aReceipt({ ids: { member: 'M-kept', phone: '12', email: 'ada(at)example.com' } }),
    );

    expect(result.status).toBe('accepted');
    expect(result.warnings).toMatchObject([
      { code: 'invalid-phone', path: 'ids.phone' },
      { code: 'invalid-email', path: 'ids.email' },
    ]);
    await host.eventually(
      () => lookUp({ member: 'M-kept' }),
      (answer) => answer.status === 200,
    );
  });

  it('that come together are one customer, however they are written', async () => {
    await sendOne(aReceipt({ ids: { phone: '06 12 34 56 78' }, amount: 100 }));
    await sendOne(aReceipt({ ids: { email: ' Ada@Example.com ' }, amount: 20 }));
    await sendOne({
      ...aReceipt({
        type: 'member.enrolled',
        ids: { member: 'm 1001', phone: '+31612345678', email: 'ada@example.com' },
      }),
      id: 'enrol-1',
      data: { name: 'Ada Vermeer' },
    });

    const { body } = await host.eventually(
      () => lookUp({ member: 'M1001' }),
      // What joins them is known a moment before what else the event says.
      ({ body: { purchases, contact } }) => purchases?.orders === 2 && contact?.name !== undefined,
    );
    expect(body).toMatchObject({
      purchases: { net: 120 },
      contact: { name: 'Ada Vermeer', phone: '+31612345678', email: 'ada@example.com' },
    });
    expect((await lookUp({ email: 'ada@example.com' })).body).toEqual(body);
  });
});

describe('fields that nobody defined', () => {
  it('are kept with the event', async () => {
    await sendOne(aReceipt({ ids: { member: 'M-more' }, data: { weather: 'rain' } }));
    const { body: customer } = await host.eventually(
      () => host.ask<{ id: string }>('POST', '/v1/customers/look-up', { member: 'M-more' }),
      ({ status }) => status === 200,
    );

    const { body } = await host.ask<{ events: { data: unknown }[] }>(
      'GET',
      `/v1/customers/${customer.id}/timeline`,
    );

    expect(body.events[0]?.data).toMatchObject({ weather: 'rain' });
  });
});
