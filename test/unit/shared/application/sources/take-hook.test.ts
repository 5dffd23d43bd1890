import { describe, expect, it } from 'vitest';
import type { WebhookDialect } from '../../../../../shared/domain/dialects/webhook.ts';
import { InvalidInput, StoreUnavailable } from '../../../../../shared/domain/kernel/errors.ts';
import { marketCall, marketOrder, marketSource, SIGNATURE_HEADER } from '../../../../builders/a-webhook.ts';
import { memoryMachine, waiting } from '../../../../support/memory-machine.ts';
import { sourcesOf } from '../../../../support/sources-of.ts';

const SECRET = 'a-secret-of-the-market';

/** Signs in base64, names deliveries, and knows orders alone. */
const corner: WebhookDialect = {
  signed: ({ headers, url, body }) => ({ signature: headers['x-corner-hmac'], text: url + body }),
  deliveryId: ({ headers }) => headers['x-corner-id'],
  topic: ({ headers }) => headers['x-corner-topic'],
  translate(topic, message, { store }) {
    if (topic !== 'order') return [];
    const { no, at } = message as { no?: string; at: string };
    if (no === undefined) throw new InvalidInput('invalid-field', 'no', 'no: is missing');
    const lines = [{ sku: 'TEA', quantity: 1, unitPrice: 450 }];
    return [{ type: 'sale.recorded', occurredAt: at, data: { store, receipt: no, lines } }];
  },
};

async function market(more: object = {}) {
  const machine = memoryMachine();
  const sources = sourcesOf(machine);
  await sources.open('market', { ...marketSource, ...more }, SECRET);
  return { machine, ...sources };
}

describe('a webhook that proves itself', () => {
  it('becomes events of its source', async () => {
    const { machine, deliver } = await market();

    expect(await deliver('market', marketCall(SECRET))).toEqual({
      status: 200,
      body: { status: 'taken', accepted: 1, duplicates: 0, refused: [] },
    });
    expect(waiting(machine)).toMatchObject([
      {
        source: 'market',
        type: 'sale.recorded',
        occurredAt: '2026-03-14T10:15:00.000Z',
        profile: expect.stringMatching(/^phone_/),
        data: { store: 'market', receipt: '2860000001', lines: [{ unitPrice: 1_999 }, { unitPrice: 450 }] },
      },
    ]);
  });

  it('keeps orders apart whose numbers differ in the last of nineteen digits', async () => {
    const { machine, deliver } = await market();
    const numbered = (tid: string) => JSON.stringify(marketOrder).replace(`"${marketOrder.tid}"`, tid);
    await deliver('market', marketCall(SECRET, numbered('2231958349921234567')));
    await deliver('market', marketCall(SECRET, numbered('2231958349921234568')));

    expect(waiting(machine).map(({ data }) => (data as { receipt: string }).receipt)).toEqual([
      '2231958349921234567',
      '2231958349921234568',
    ]);
  });

  it('changes nothing when it is delivered again', async () => {
    const { machine, deliver } = await market();
    await deliver('market', marketCall(SECRET));

    expect(await deliver('market', marketCall(SECRET))).toMatchObject({
      status: 200,
      body: { status: 'duplicate', accepted: 0, duplicates: 1 },
    });
    expect(waiting(machine)).toHaveLength(1);
  });

  it('is known by the name of its delivery, even if its mapping was changed since', async () => {
    const { machine, ask, deliver } = await market({ deliveryHeader: 'X-Delivery' });
    await deliver('market', marketCall(SECRET, marketOrder, { 'x-delivery': 'd-1' }));
    await ask(
      'putSource',
      { id: 'market' },
      { ...marketSource, deliveryHeader: 'x-delivery', store: 'other' },
    );

    const again = await deliver('market', marketCall(SECRET, marketOrder, { 'x-delivery': 'd-1' }));
    const other = await deliver('market', marketCall(SECRET, marketOrder, { 'x-delivery': 'd-2' }));

    expect([again.body.status, other.body.status]).toEqual(['duplicate', 'taken']);
    expect(waiting(machine)).toHaveLength(2);
  });

  it('is known by its content where its sender left the name of the delivery empty', async () => {
    const { machine, deliver } = await market({ deliveryHeader: 'x-delivery' });
    const nameless = { 'x-delivery': '' };
    await deliver('market', marketCall(SECRET, marketOrder, nameless));

    const other = await deliver('market', marketCall(SECRET, { ...marketOrder, tid: '2' }, nameless));

    expect(other.body.status).toBe('taken');
    expect(waiting(machine)).toHaveLength(2);
  });

  it('names what its mapping left unnamed, by its content', async () => {
    const mapping = `[1, 2].{
      "type": "page.viewed", "occurredAt": $$.body.at, "ids": { "device": "d" }, "data": { "path": "/" & $ }
    }`;
    const { machine, deliver } = await market({ mapping });
    const at = '2026-03-14T10:15:00Z';
    expect(await deliver('market', marketCall(SECRET, { at, page: 1 }))).toMatchObject({
      status: 200,
      body: { status: 'taken' },
    });
    await deliver('market', marketCall(SECRET, `{"page": 1, "at": "${at}"}`));
    await deliver('market', marketCall(SECRET, { at, page: 2 }));

    const ids = waiting(machine).map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    expect(ids.every((id) => /^hook-[0-9a-f]{32}-[01]$/.test(id))).toBe(true);
  });

  it.each([{ headers: ['X-Key'] }, { deliveryHeader: 'x-key' }])(
    'does not hand its secret on as %j: it would lie in quarantine, for people to see',
    async (more) => {
      const { ask } = sourcesOf(memoryMachine());
      const proof = { by: 'token', header: 'x-key' };

      expect(await ask('putSource', { id: 'market' }, { ...marketSource, proof, ...more })).toMatchObject({
        status: 422,
        body: { path: 'body.proof.header' },
      });
    },
  );

  it('says nothing where its mapping makes nothing', async () => {
    const { machine, deliver } = await market();

    expect(await deliver('market', marketCall(SECRET, { ...marketOrder, status: 'WAIT' }))).toMatchObject({
      status: 200,
      body: { status: 'nothing' },
    });
    expect(machine.everyRow()).not.toContain('quarantine');
  });

  it('is never failed by its content: that waits in quarantine, once', async () => {
    const { machine, deliver } = await market();
    const wrong = {
      ...marketOrder,
      orders: [{ sku: 'TEA', num: -1, price: '1' }],
      buyer: { mobile: '0687654321' },
    };
    await deliver('market', marketCall(SECRET, wrong));

    expect(await deliver('market', marketCall(SECRET, wrong))).toMatchObject({
      status: 200,
      body: { status: 'quarantined', refused: [{ code: 'invalid-field', path: 'data.lines.0.quantity' }] },
    });
    const { items } = await machine.table.query({
      table: 'control',
      pk: 'quarantine#invalid-field',
      limit: 9,
    });
    expect(items).toMatchObject([{ value: { source: 'market' } }]);
    const kept = JSON.parse(await machine.keyring.open('quarantine', String(items[0]?.value['sealed'])));
    expect(kept).toEqual({ dialect: 'webhook', source: 'market', headers: {}, body: wrong });
    expect(machine.everyRow()).not.toContain('687654321');
  });

  it.each([
    ['no JSON', 'not json', 'malformed-json'],
    ['too deep', `{"a":${'['.repeat(40)}${']'.repeat(40)}}`, 'event-too-deep'],
    ['far too deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'event-too-deep'],
    ['no event', '{"loop": "no"}', 'mapping-result'],
    ['a loop', '{"loop": "yes"}', 'mapping-too-long'],
  ])('waits there, too, with %s', async (_what, body, code) => {
    const mapping = 'body.loop = "yes" ? ($f := function($x) { 1 + $f($x) }; $f(1)) : "text"';
    const { deliver } = await market({ mapping });

    expect(await deliver('market', marketCall(SECRET, body))).toMatchObject({
      status: 200,
      body: { status: 'quarantined', refused: [{ code }] },
    });
  });

  it('may be sent again where we fail', async () => {
    const { deps, machine } = await market();
    const failing = sourcesOf({
      ...machine,
      bus: {
        publish: async () => {
          throw new StoreUnavailable('full');
        },
      },
    });
    expect(await failing.deliver('market', marketCall(SECRET))).toMatchObject({ status: 503 });

    expect((await sourcesOf({ ...machine, ...deps }).deliver('market', marketCall(SECRET))).body.status).toBe(
      'taken',
    );
  });
});

describe('a webhook that does not prove itself', () => {
  it('is answered alike, whatever is wrong with it', async () => {
    const { ask, open, deliver } = await market();
    await open('idle', { ...marketSource, enabled: false }, SECRET);
    await ask('putSource', { id: 'bare' }, marketSource);
    await open('corner-shop', { kind: 'shopify', store: 'corner' }, SECRET);
    const call = marketCall(SECRET);
    const altered = { ...call, body: call.body.replace('19.99', '0.01') };

    const answers = await Promise.all([
      deliver('nobody', call),
      deliver('No Slug/..', call),
      deliver('market', altered),
      deliver('market', { ...call, headers: {} }),
      deliver('market', marketCall('another-secret')),
      deliver('market', { ...call, headers: { [SIGNATURE_HEADER]: `sha256=${'x'.repeat(10_000)}` } }),
      deliver('idle', call),
      deliver('bare', call),
      deliver('corner-shop', call),
    ]);

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  it('is not read: what is in it makes no difference, and nothing is kept', async () => {
    const { machine, deliver } = await market();
    const before = machine.everyRow();

    await deliver('market', marketCall('another-secret', '{"broken'));

    expect(machine.everyRow()).toBe(before);
  });
});

describe('other ways to prove oneself', () => {
  it.each([
    ['in base64', { by: 'signature', header: 'X-Sign', encoding: 'base64' }, 'B64'],
    ['a bearer token', { by: 'token', header: 'authorization', prefix: 'Bearer ' }, `Bearer ${SECRET}`],
    ['a header of one’s own', { by: 'token', header: 'x-key' }, SECRET],
    ['the address', { by: 'address' }, ''],
  ])('%s', async (_what, proof, shown) => {
    const { deps, deliver } = await market({ proof });
    const { body } = marketCall(SECRET);
    const value = shown === 'B64' ? deps.keyring.hmac(SECRET, body, 'base64') : shown;
    const url = `https://h/v1/hooks/market${shown === '' ? `?token=${SECRET}` : ''}`;
    const headers = 'header' in proof ? { [String(proof.header).toLowerCase()]: value } : {};

    expect(await deliver('market', { headers, url, body })).toMatchObject({ status: 200 });
    const wrong = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, `${text}x`]));
    expect(await deliver('market', { headers: wrong, url: `${url}x`, body })).toMatchObject({ status: 401 });
  });
});

describe('a shop’s own dialect', () => {
  const call = (
    machine: { keyring: { hmac: (...args: [string, string, 'base64']) => string } },
    body: string,
  ) => ({
    headers: {
      'x-corner-hmac': machine.keyring.hmac(SECRET, `https://seen.example.com/hook${body}`, 'base64'),
      'x-corner-topic': 'order',
      'x-corner-id': 'c-1',
    },
    url: 'https://behind.proxy/v1/hooks/corner',
    body,
  });
  const order = JSON.stringify({ no: '77', at: '2026-03-14T10:15:00Z' });

  async function cornerShop() {
    const machine = memoryMachine();
    const sources = sourcesOf(machine, { square: corner });
    const url = 'https://seen.example.com/hook';
    await sources.open('corner', { kind: 'square', store: 'corner-1', url }, SECRET);
    return { machine, ...sources };
  }

  it('is spoken: signature over the address that the shop knows, topic, name of the delivery', async () => {
    const { machine, deliver } = await cornerShop();

    const first = await deliver('corner', call(machine, order));
    const second = await deliver('corner', call(machine, order));

    expect([first.body.status, second.body]).toEqual([
      'taken',
      { status: 'duplicate', accepted: 0, duplicates: 0, refused: [] },
    ]);
    expect(waiting(machine)).toMatchObject([
      { source: 'corner', data: { store: 'corner-1', receipt: '77' } },
    ]);
  });

  it('is spoken in previews, too', async () => {
    const { ask } = await cornerShop();

    const told = await ask('previewSource', { id: 'corner' }, { topic: 'order', body: JSON.parse(order) });
    const nameless = await ask('previewSource', { id: 'corner' }, { topic: 'order', body: { at: 'now' } });
    const untold = await ask('previewSource', { id: 'corner' }, { body: JSON.parse(order) });

    expect(told.body.events).toMatchObject([{ status: 'valid', event: { type: 'sale.recorded' } }]);
    expect([nameless.body.refused.path, untold.body.refused.path]).toEqual(['no', 'topic']);
  });

  it('may only try whether somebody is there, with any body', async () => {
    const { machine, deliver } = await cornerShop();
    const tried = call(machine, 'webhook_id=1');
    const { 'x-corner-topic': _none, ...headers } = tried.headers;

    expect(await deliver('corner', { ...tried, headers })).toMatchObject({
      status: 200,
      body: { status: 'nothing' },
    });
  });

  it('is taken when it comes again after what it refused was mended', async () => {
    const { machine, deliver } = await cornerShop();
    const nameless = JSON.stringify({ at: '2026-03-14T10:15:00Z' });

    expect((await deliver('corner', call(machine, nameless))).body).toMatchObject({
      status: 'quarantined',
      refused: [{ path: 'no' }],
    });
    expect((await deliver('corner', call(machine, order))).body.status).toBe('taken');
  });
});

describe('a call that shows no proof at all', () => {
  it('is a stranger to a source that asks for a token in the address', async () => {
    const { deliver } = await market({ proof: { by: 'address' } });

    expect(await deliver('market', marketCall(SECRET))).toMatchObject({ status: 401 });
  });

  it('is a stranger to a shop whose calls are signed, over the address that was called where no other is set', async () => {
    const machine = memoryMachine();
    const { open, deliver } = sourcesOf(machine, { square: corner });
    await open('corner', { kind: 'square', store: 'corner-1' }, SECRET);
    const url = 'https://h/v1/hooks/corner';
    const body = JSON.stringify({ no: '77', at: '2026-03-14T10:15:00Z' });
    const headers = {
      'x-corner-hmac': machine.keyring.hmac(SECRET, url + body, 'base64'),
      'x-corner-topic': 'order',
    };

    expect(await deliver('corner', { headers: { 'x-corner-topic': 'order' }, url, body })).toMatchObject({
      status: 401,
    });
    expect(await deliver('corner', { headers, url, body })).toMatchObject({ body: { status: 'taken' } });
  });

  it('is not told from an honest one while the keys cannot be read: it may be sent again', async () => {
    const { machine } = await market();
    const open = () => Promise.reject(new StoreUnavailable('full'));
    const keyless = sourcesOf({ ...machine, keyring: { ...machine.keyring, open } });

    expect(await keyless.deliver('market', marketCall(SECRET))).toMatchObject({ status: 503 });
  });
});
