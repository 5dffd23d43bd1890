import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aReceipt } from '../builders/a-receipt.ts';
import { type Host, startHost } from '../support/host.ts';

interface Result {
  readonly status: string;
  readonly code?: string;
  readonly path?: string;
}
interface Answer {
  readonly code?: string;
  readonly results?: readonly Result[];
}

let host: Host;

beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host.stop());

async function post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  const answer = await fetch(`${host.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${host.writeKey}`, 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: answer.status, body: (await answer.json()) as Answer };
}

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const withField = (event: object, name: string, json: string): string =>
  `${JSON.stringify(event).slice(0, -1)},"${name}":${json}}`;

afterEach(async () => {
  // Whatever was sent: the next one in the queue is served.
  const { status } = await post(JSON.stringify(aReceipt()));
  expect(status).toBe(202);
});

describe('a body made to break whoever reads it', () => {
  it.each<[what: string, body: () => string | Uint8Array<ArrayBuffer>, headers: object, answer: object]>([
    ['10 MB of text', () => 'x'.repeat(10_000_000), {}, { status: 413 }],
    [
      '10 MB of packed events',
      () => gzipSync(JSON.stringify(Array(400_000).fill({ type: 'sale.recorded' }))),
      { 'content-encoding': 'gzip' },
      { status: 413 },
    ],
    [
      'a bomb of 100 MB',
      () => gzipSync(Buffer.alloc(100_000_000)),
      { 'content-encoding': 'gzip' },
      { status: 413 },
    ],
    [
      'a bomb within a bomb',
      () => gzipSync(gzipSync(Buffer.alloc(100_000_000))),
      { 'content-encoding': 'gzip' },
      { status: 400, body: { code: 'malformed-json' } },
    ],
    ['half a gzip', () => gzipSync('{}').subarray(0, 12), { 'content-encoding': 'gzip' }, { status: 400 }],
    ['100,000 lists within each other', () => nested(100_000), {}, { status: 422 }],
    [
      'lists within each other in one event',
      () => withField(aReceipt(), 'note', nested(10_000)),
      {},
      { status: 422, body: { results: [{ code: 'event-too-deep' }] } },
    ],
    ['XML', () => '<sale/>', { 'content-type': 'application/xml' }, { status: 400 }],
    [
      'a form',
      () => 'type=sale.recorded',
      { 'content-type': 'application/x-www-form-urlencoded' },
      { status: 400 },
    ],
    [
      'bytes that are no text',
      () => new Uint8Array([0x22, 0xff, 0xfe, 0xc0, 0x22]),
      {},
      { status: 422, body: { code: 'no-valid-event' } },
    ],
  ])('is answered, and the next one served: %s', async (_what, body, headers, answer) => {
    expect(await post(body(), headers as Record<string, string>)).toMatchObject(answer);
  });

  it('is read as JSON whatever its type says, as long as it is JSON', async () => {
    const { status } = await post(JSON.stringify(aReceipt()), { 'content-type': 'text/plain' });

    expect(status).toBe(202);
  });
});

describe('text made to break whatever keeps it', () => {
  const text = '\\ud800';
  const place = (data: Readonly<Record<string, unknown>>) =>
    JSON.stringify(aReceipt({ data })).replaceAll('HERE', text);

  it.each([
    ['a store', { store: 'HERE' }, 'data.store'],
    ['a till', { terminal: 'HERE' }, 'data.terminal'],
    ['a receipt number', { receipt: 'HERE' }, 'data.receipt'],
  ])('is refused in a name: half a surrogate pair in %s', async (_what, data, path) => {
    expect((await post(place(data))).body.results).toMatchObject([{ code: 'invalid-field', path }]);
  });

  it.each(['store', 'receipt'])(
    'is refused in a name: a letter that is no UTF-8 in the %s',
    async (field) => {
      const [before = '', after = ''] = place({ [field]: 'caf|' }).split('|');
      const told = Buffer.concat([Buffer.from(before), Buffer.from('é', 'latin1'), Buffer.from(after)]);

      // Read as good as it goes, 'café' and 'cafè' would be one.
      expect((await post(new Uint8Array(told))).body.results).toMatchObject([
        { code: 'invalid-field', path: `data.${field}` },
      ]);
    },
  );

  it('is kept where it is no name, and the receipt counts', async () => {
    const member = 'M-odd-text';
    const line = { sku: 'T', quantity: 1, unitPrice: 100, category: 'constructor', note: 'HERE\\u0000' };
    const event = { ...aReceipt({ data: { lines: [line] } }), ids: { member } };
    const { status } = await post(JSON.stringify(event).replace('HERE', text));

    expect(status).toBe(202);
    const { body } = await host.eventually(
      () =>
        host.ask<{ purchases?: { net: number; categories?: object } }>('POST', '/v1/customers/look-up', {
          member,
        }),
      (answer) => answer.body.purchases?.net === 100,
    );
    expect(JSON.stringify(body)).toContain('constructor');
  });

  it.each(['__proto__', 'constructor', 'toString'])(
    'is a field like any other, or refused: %s',
    async (name) => {
      const event = withField(aReceipt(), name, '{"polluted":true}');
      const ids = JSON.stringify(aReceipt()).replace('"ids":{}', `"ids":{"${name}":{"polluted":true}}`);
      const data = JSON.stringify(aReceipt()).replace('"store"', `"${name}":{"polluted":true},"store"`);
      const category = JSON.stringify(
        aReceipt({ data: { lines: [{ sku: name, quantity: 1, unitPrice: 1, category: name }] } }),
      );

      const answers = await Promise.all([event, ids, data, category].map((one) => post(one)));

      expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, name === '__proto__' ? 422 : 202]);
    },
  );

  it.each(['1e400', '-1e400', '1e-400', '00', '9007199254740993'])('is no amount: %s', async (amount) => {
    const event = JSON.stringify(aReceipt()).replace('"unitPrice":1000', `"unitPrice":${amount}`);
    const { status } = await post(event);

    // The smallest is zero to JSON, a price like any other.
    expect(status).toBe(amount === '1e-400' ? 202 : amount === '00' ? 400 : 422);
  });
});

describe('a till whose clock says 2099', () => {
  /** The year has no 29th of February. */
  const in2099 = (): string => {
    const now = new Date();
    now.setUTCFullYear(2099);
    return now.toISOString();
  };

  it('is corrected by the time of sending, by the same clock', async () => {
    const member = 'M-2099';
    const sale = { ...aReceipt({ at: in2099(), ids: { member } }), sentAt: in2099() };

    expect((await post(JSON.stringify(sale))).body.results).toMatchObject([{ status: 'accepted' }]);
    const { body } = await host.eventually(
      () =>
        host.ask<{ purchases?: { lastDay?: string; orders: number } }>('POST', '/v1/customers/look-up', {
          member,
        }),
      (answer) => answer.body.purchases?.orders === 1,
    );
    expect(JSON.stringify(body)).not.toContain('2099');
  });

  it('waits in quarantine where nobody says how far it is off', async () => {
    const { body } = await post(JSON.stringify(aReceipt({ at: in2099() })));

    expect(body.results).toMatchObject([{ status: 'rejected', code: 'occurred-in-future' }]);
  });
});
