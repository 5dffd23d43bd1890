import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { dispatch } from '../../../../../shared/application/http/dispatch.ts';
import { writeProgress } from '../../../../../shared/application/sources/poll-progress.ts';
import { retranslator } from '../../../../../shared/application/sources/retranslate.ts';
import { sourcesApi } from '../../../../../shared/application/sources/sources-api.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import { routes } from '../../../../../shared/contracts/routes.ts';
import { shopify } from '../../../../../shared/domain/dialects/shopify/dialect.ts';
import { StoreUnavailable } from '../../../../../shared/domain/kernel/errors.ts';
import { marketCall, marketOrder, marketSource } from '../../../../builders/a-webhook.ts';
import { memoryMachine, NOW } from '../../../../support/memory-machine.ts';
import { sourcesOf } from '../../../../support/sources-of.ts';

const id = 'market';

async function market() {
  const machine = memoryMachine();
  const sources = sourcesOf(machine);
  await sources.ask('putSource', { id }, marketSource);
  return { machine, ...sources };
}

describe('a source', () => {
  it('is set up, listed, changed and removed', async () => {
    const { ask } = await market();
    const set = { id, ...marketSource, enabled: true, headers: [], path: '/v1/hooks/market', secrets: [] };

    expect(await ask('getSource', { id })).toEqual({ status: 200, body: set });
    await ask('putSource', { id }, { kind: 'shopify', store: 'web' });
    expect((await ask('listSources', {})).body.sources).toMatchObject([
      { id, kind: 'shopify', store: 'web' },
    ]);
    expect(await ask('removeSource', { id })).toEqual({ status: 200, body: { id, removed: true } });
    expect((await ask('getSource', { id })).status).toBe(404);
    expect((await ask('listSources', {})).body.sources).toEqual([]);
  });

  it.each([
    ['a mapping that cannot be read', { mapping: '{ "a": ' }, 'mapping-invalid', 'mapping'],
    ['a mapping that is too long', { mapping: 'a'.repeat(16_001) }, 'invalid-field', 'body.mapping'],
    ['a header that holds keys', { headers: ['Authorization'] }, 'invalid-field', 'body.headers.0'],
    ['a header that is none', { deliveryHeader: 'x y' }, 'invalid-field', 'body.deliveryHeader'],
    ['no proof', { proof: undefined }, 'invalid-field', 'body.proof'],
    ['a kind that nobody knows', { kind: 'ebay' }, 'invalid-field', 'body.kind'],
  ])('is not set up with %s', async (_what, wrong, code, path) => {
    const { ask } = await market();

    expect(await ask('putSource', { id }, { ...marketSource, ...wrong })).toMatchObject({
      status: 422,
      body: { code, path },
    });
  });
});

describe('two shops of one system', () => {
  it('have a store each, since their orders have the same numbers', async () => {
    const { ask } = await market();
    const shop = { kind: 'woocommerce', store: 'web' };
    await ask('putSource', { id: 'first' }, shop);

    expect(await ask('putSource', { id: 'second' }, shop)).toMatchObject({
      status: 422,
      body: { code: 'store-taken', path: 'body.store' },
    });
    for (const other of [
      { ...shop, store: 'web-2' },
      { kind: 'shopify', store: 'web' },
    ])
      expect((await ask('putSource', { id: 'second' }, other)).status).toBe(200);
    expect((await ask('putSource', { id: 'first' }, shop)).status).toBe(200);
  });
});

describe('the store of a shop', () => {
  const shop = { kind: 'shopify', store: 'web' };
  const moved = { ...shop, store: 'web-2' };

  it('stays once the shop was heard: each of its orders would count again under another', async () => {
    const { ask, deliver, open } = sourcesOf(memoryMachine(), { shopify });
    await open('shop', shop, 'the-secret-of-it');
    const body = '{"id":1}';
    const signature = createHmac('sha256', 'the-secret-of-it').update(body).digest('base64');
    const headers = { 'x-shopify-topic': 'shop/update', 'x-shopify-hmac-sha256': signature };
    expect((await deliver('shop', { url: 'https://a.example', body, headers })).status).toBe(200);

    expect(await ask('putSource', { id: 'shop' }, moved)).toMatchObject({
      status: 422,
      body: { code: 'store-in-use', path: 'body.store' },
    });
    expect((await ask('putSource', { id: 'shop' }, { ...shop, enabled: false })).status).toBe(200);
  });

  it('stays once the shop was asked', async () => {
    const machine = memoryMachine();
    const { ask, open } = sourcesOf(machine);
    await open('shop', shop, 'the-secret-of-it');
    await writeProgress(machine.table, keys.shopPollProgress('shop'), { lastSuccessAt: NOW });

    expect((await ask('putSource', { id: 'shop' }, moved)).body.code).toBe('store-in-use');
  });

  it('may be put right before', async () => {
    const { ask, open } = sourcesOf(memoryMachine());
    await open('shop', shop, 'the-secret-of-it');

    expect(await ask('putSource', { id: 'shop' }, moved)).toMatchObject({ status: 200, body: moved });
  });
});

describe('the secrets of a source', () => {
  const SHOPS_OWN = 'u{8 ]c<~`q+=,.;:/?|';

  it('are rotated without losing a delivery', async () => {
    const { ask, deliver } = await market();
    const works = async (secret: string) => (await deliver(id, marketCall(secret))).status === 200;
    const first = await ask('addSourceSecret', { id }, {});
    // As WooCommerce makes them up.
    const second = await ask('addSourceSecret', { id }, { secret: SHOPS_OWN });

    expect([await works(first.body.secret), await works(SHOPS_OWN)]).toEqual([true, true]);
    expect(second.body.secret).toBeUndefined();
    expect(await ask('addSourceSecret', { id }, {})).toMatchObject({ status: 409 });
    await ask('revokeSourceSecret', { id, secret: first.body.id });
    expect([await works(first.body.secret), await works(SHOPS_OWN)]).toEqual([false, true]);
    expect((await ask('addSourceSecret', { id }, {})).status).toBe(200);
  });

  it('survive a change of the source', async () => {
    const { ask, deliver } = await market();
    const { body } = await ask('addSourceSecret', { id }, {});
    await ask('putSource', { id }, { ...marketSource, store: 'other' });

    expect((await deliver(id, marketCall(body.secret))).status).toBe(200);
  });

  it('are told once, kept sealed, and shown by age and last use', async () => {
    const { machine, ask, deliver } = await market();
    const { body } = await ask('addSourceSecret', { id }, {});
    await ask('addSourceSecret', { id }, { secret: 'never-used-yet' });
    machine.setClock('2026-03-16T09:00:00.000Z');
    await deliver(id, marketCall(body.secret));

    const shown = await ask('getSource', { id });

    expect(shown.body.secrets).toEqual([
      { id: body.id, createdAt: NOW, lastUsedAt: '2026-03-16T09:00:00.000Z' },
      { id: expect.any(String), createdAt: NOW },
    ]);
    for (const text of [machine.everyRow(), JSON.stringify([shown, await ask('listSources', {})])]) {
      expect(text).not.toContain(body.secret);
      expect(text).not.toContain('never-used-yet');
    }
  });

  it('are of no use once the source was removed, even if one of its name is set up again', async () => {
    const { machine, ask, deliver } = await market();
    const { body } = await ask('addSourceSecret', { id }, {});
    await deliver(id, marketCall(body.secret));
    const before = await machine.table.get({ table: 'control', pk: 'sources', sk: id });
    await ask('removeSource', { id });
    await ask('putSource', { id }, marketSource);

    expect((await deliver(id, marketCall(body.secret))).status).toBe(401);
    // Not even where an old item came back from a backup.
    await machine.table.commit([
      { put: { table: 'control', pk: 'sources', sk: id }, value: before?.value ?? {} },
    ]);
    expect((await deliver(id, marketCall(body.secret))).status).toBe(401);
  });

  it.each([
    ['too short', { secret: 'short' }],
    ['with a space at its end', { secret: 'copied-too-far ' }],
    ['of other than ASCII', { secret: 'geheimnis-ü' }],
  ])('are refused when %s', async (_what, body) => {
    const { ask } = await market();

    expect(await ask('addSourceSecret', { id }, body)).toMatchObject({
      status: 422,
      body: { path: 'body.secret' },
    });
  });

  it('are of a source that is there', async () => {
    const { ask } = await market();

    expect((await ask('addSourceSecret', { id: 'other' }, {})).status).toBe(404);
    expect((await ask('revokeSourceSecret', { id, secret: 'none' })).status).toBe(404);
  });
});

describe('a preview', () => {
  it('tells the events as they would be taken, and keeps nothing', async () => {
    const { machine, ask } = await market();
    const before = machine.everyRow();
    const body = { ...marketOrder, buyer: { mobile: '12' } };

    const { status, body: answer } = await ask('previewSource', { id }, { body });

    expect(status).toBe(200);
    expect(answer.events).toMatchObject([
      {
        status: 'valid',
        id: 'receipt/market/1/2860000001/1',
        day: '2026-03-14',
        warnings: [{ path: 'ids.phone' }],
        event: { type: 'sale.recorded', ids: { phone: '12' } },
      },
    ]);
    expect(machine.everyRow()).toBe(before);
  });

  it('tells what would be refused, event by event, by a mapping that is only tried', async () => {
    const { ask } = await market();
    const mapping =
      '[{ "type": "sale.recorded", "occurredAt": "yesterday" }, { "type": "odd" }, { "type": "page.viewed", "occurredAt": receivedAt, "data": { "path": headers."x-page" } }]';

    const { body } = await ask('previewSource', { id }, { body: {}, mapping, headers: { 'X-Page': '/tea' } });

    expect(body.events).toMatchObject([
      { status: 'refused', code: 'invalid-field', path: 'occurredAt', event: { type: 'sale.recorded' } },
      { status: 'refused', code: 'unknown-type', path: 'type' },
      // A header that the source does not name is not there.
      { status: 'refused', code: 'invalid-field', path: 'data.path' },
    ]);
  });

  it.each([
    ['cannot be read', '{ "a": ', 'mapping-invalid'],
    ['fails', '$error("no")', 'mapping-failed'],
    ['runs for ever', '($f := function($n) { 1 + $f($n) }; $f(1))', 'mapping-too-long'],
    ['makes no events', '42', 'mapping-result'],
    ['makes too many', '[1..1001].{ "type": "odd" }', 'batch-too-large'],
    // Deeper than what writes the answer can go.
    ['makes levels', '$reduce([1..7000], function($a, $i) { { "a": $a } }, {})', 'mapping-result'],
  ])('tells why a mapping %s', async (_what, mapping, code) => {
    const { ask } = await market();

    expect(await ask('previewSource', { id }, { body: {}, mapping })).toMatchObject({
      status: 200,
      body: { events: [], refused: { code } },
    });
  });

  it('needs a message, and says so in words', async () => {
    const { ask } = await market();
    expect(await ask('previewSource', { id }, {})).toMatchObject({
      status: 422,
      body: { path: 'body.body', detail: 'body.body: is missing' },
    });
  });

  it('of a shop takes no mapping', async () => {
    const { ask } = await market();
    await ask('putSource', { id }, { kind: 'shopify', store: 'web' });

    expect(await ask('previewSource', { id }, { body: {}, mapping: '1' })).toMatchObject({
      status: 422,
      body: { path: 'mapping' },
    });
  });
});

describe('what waits in quarantine', () => {
  async function quarantined() {
    const { machine, ask, open, deliver, deps } = { ...(await market()) };
    await open(id, { ...marketSource, mapping: `{ "type": "odd", "of": body.tid }` }, 'the-secret');
    await deliver(id, marketCall('the-secret'));
    const { items } = await machine.table.query({
      table: 'control',
      pk: 'quarantine#unknown-type',
      limit: 9,
    });
    const item: unknown = JSON.parse(
      await machine.keyring.open('quarantine', String(items[0]?.value['sealed'])),
    );
    return { ask, item, again: retranslator(deps) };
  }

  it('becomes events by the mapping as it was mended', async () => {
    const { ask, item, again } = await quarantined();
    await ask('putSource', { id }, marketSource);

    expect(await again(item, NOW)).toMatchObject([
      { type: 'sale.recorded', data: { receipt: '2860000001' } },
    ]);
  });

  it('stays where its source is gone, or another one of its name, and says so', async () => {
    const { ask, item, again } = await quarantined();
    await ask('removeSource', { id });

    await expect(again(item, NOW)).rejects.toMatchObject({ code: 'source-gone', path: 'source' });
    await ask('putSource', { id }, { kind: 'shopify', store: 'web' });
    await expect(again(item, NOW)).rejects.toMatchObject({ code: 'source-gone', path: 'source' });
  });

  it('is nobody’s delivery where it was sent as an event', async () => {
    const { again } = await quarantined();

    expect(await again({ type: 'sale.recorded' }, NOW)).toBeUndefined();
    expect(await again({ dialect: 'segment', message: {} }, NOW)).toBeUndefined();
  });
});

describe('a preview', () => {
  it('of a message that is too deep is refused as the message itself would be', async () => {
    const { ask } = await market();
    const body = JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`);

    expect((await ask('previewSource', { id }, { body })).body).toEqual({
      events: [],
      refused: { code: 'event-too-deep', path: 'body', detail: expect.stringContaining('within each other') },
    });
  });

  it('tries no mapping on a shop whose messages are understood without one', async () => {
    const { ask } = await market();
    await ask('putSource', { id: 'web' }, { kind: 'shopify', store: 'web' });

    expect(await ask('previewSource', { id: 'web' }, { topic: 'x', body: {}, mapping: '{}' })).toMatchObject({
      status: 422,
      body: { path: 'mapping' },
    });
  });

  it('does not call a message wrong where it is we who fail', async () => {
    const { deps, ask } = await market();
    const failing = sourcesApi({
      ...deps,
      mapper: { ...deps.mapper, map: () => Promise.reject(new StoreUnavailable('full')) },
    });
    const preview = dispatch(routes, failing);
    expect((await ask('previewSource', { id }, { body: marketOrder })).status).toBe(200);

    const answer = await preview('previewSource', {
      params: { id },
      query: {},
      body: JSON.stringify({ body: marketOrder }),
      caller: { kind: 'person', name: 'ops', roles: ['ops'] },
    });

    expect(answer.status).toBe(503);
  });
});
