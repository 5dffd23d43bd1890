import { describe, expect, it } from 'vitest';
import { shopClients } from '../../shared/adapters/shops/shops.ts';
import { readStatus } from '../../shared/application/customers/status.ts';
import { dispatch } from '../../shared/application/http/dispatch.ts';
import { pollAll } from '../../shared/application/sources/poll-all.ts';
import { pollsApi } from '../../shared/application/sources/polls-api.ts';
import { keys } from '../../shared/contracts/keys.ts';
import type { PollRoute } from '../../shared/contracts/poll-routes.ts';
import { routes } from '../../shared/contracts/routes.ts';
import { shops } from '../../shared/domain/dialects/shops.ts';
import type { Shop } from '../../shared/ports/shop.ts';
import { wooOrder, wooRefund } from '../builders/a-shop.ts';
import { aShopServer, type Reply } from '../support/a-shop-server.ts';
import { foldWaiting, memoryMachine, submit } from '../support/memory-machine.ts';
import { sourcesOf } from '../support/sources-of.ts';

const params = { id: 'my-woo' };
const credentials = { key: 'ck_of_the_shop', secret: 'cs_of_the_shop' };
const since = '2026-03-01T00:00:00Z';
const EARLIER = '2026-01-01T00:00:00Z';

/** A machine with a source, and a shop over HTTP that answers for it. */
async function aPolledShop(answer: (path: string) => Reply) {
  const machine = memoryMachine();
  const sources = sourcesOf(machine, shops);
  await sources.ask('putSource', params, { kind: 'woocommerce', store: 'web' });
  const { origin } = await aShopServer(({ url }) => answer(url.pathname));
  const manage = dispatch(routes, pollsApi(machine));
  const ask = async (route: PollRoute, body?: unknown) => {
    const caller = { kind: 'person', name: 'ops', roles: ['ops'] } as const;
    const told = await manage(route, { params, query: {}, body: JSON.stringify(body ?? null), caller });
    return { status: told.status, body: JSON.parse(told.body) };
  };
  const clients = shopClients({ mayBeLocal: true });
  return { machine, sources, origin, ask, poll: pollAll({ ...machine, shops, clients }) };
}

describe('a shop whose webhooks were down', () => {
  const order = wooOrder({}, { refunds: [{ id: 901, total: '-6.00' }] });
  const answer = (path: string): Reply => ({
    body: path.endsWith('/refunds') ? [wooRefund({ amount: 600 }).refund] : [order],
  });

  it('is asked, and what it tells counts once with what its webhooks told', async () => {
    const { machine, origin, ask, poll } = await aPolledShop(answer);
    await ask('putPoll', { origin, credentials, since });
    const context = { store: 'web', currency: 'EUR', receivedAt: machine.clock() };
    await submit(machine, ...shops.woocommerce.translate('order.updated', order, context));

    expect(await poll()).toEqual([{ id: 'my-woo', messages: 2 }]);
    await poll();
    await foldWaiting(machine);

    const { amounts, quarantine, facts } = await readStatus(machine);
    expect(amounts['EUR']).toMatchObject({ net: 2 * 1_250 + 495 - 600 });
    expect(facts).toEqual({ 'receipt.corrected': 1, 'return.recorded': 1 });
    expect(quarantine).toEqual({});
    expect((await ask('getPoll')).body).toMatchObject({ origin, lastSuccessAt: machine.clock() });
  });

  it('has its credentials nowhere in the clear, and none once its source is gone', async () => {
    const { machine, sources, origin, ask, poll } = await aPolledShop(answer);
    const { body } = await ask('putPoll', { origin, credentials, since });

    expect(JSON.stringify(body) + machine.everyRow()).not.toContain('cs_of_the_shop');
    await sources.ask('removeSource', params);
    expect(await poll()).toEqual([]);
    expect((await ask('getPoll')).status).toBe(404);
  });

  it('is asked from where somebody set it anew, also while it was being asked', async () => {
    const { machine, origin, ask } = await aPolledShop(answer);
    await ask('putPoll', { origin, credentials, since });
    const asked: string[] = [];
    const changed: Shop['changed'] = async (_access, from) => {
      if (asked.push(from) === 1) await ask('putPoll', { origin, credentials, since: EARLIER });
      return { messages: [], next: undefined };
    };
    const clients = { ...shopClients({ mayBeLocal: true }), woocommerce: { changed } };
    const poll = pollAll({ ...machine, shops, clients });

    await poll();
    await poll();

    expect(asked.map((from) => new Date(from).getTime())).toEqual([Date.parse(since), Date.parse(EARLIER)]);
  });

  it('is not asked while its source is switched off', async () => {
    const { sources, origin, ask, poll } = await aPolledShop(answer);
    await ask('putPoll', { origin, credentials, since });
    await sources.ask('putSource', params, { kind: 'woocommerce', store: 'web', enabled: false });
    expect(await poll()).toEqual([]);
  });

  it('is asked beside one whose setting cannot be read any more', async () => {
    const { machine, sources, origin, ask, poll } = await aPolledShop(answer);
    await ask('putPoll', { origin, credentials, since });
    await sources.ask('putSource', { id: 'broken' }, { kind: 'shopify', store: 'elsewhere' });
    await machine.table.commit([{ put: keys.shopPoll('broken'), value: { origin: 7 } }]);

    expect(await poll()).toEqual(
      expect.arrayContaining([
        { id: 'my-woo', messages: 2 },
        { id: 'broken', messages: 0, error: 'internal' },
      ]),
    );
  });

  it('keeps what does not add up in quarantine, and goes on', async () => {
    const odd = wooOrder({ id: 1 }, { total: '1.00' });
    const { machine, origin, ask, poll } = await aPolledShop(() => ({ body: [odd, wooOrder({ id: 2 })] }));
    await ask('putPoll', { origin, credentials, since });

    expect(await poll()).toEqual([{ id: 'my-woo', messages: 2 }]);
    await foldWaiting(machine);

    const { quarantine, facts } = await readStatus(machine);
    expect(quarantine).toEqual({ 'order-does-not-add-up': 1 });
    expect(facts).toEqual({ 'receipt.corrected': 1 });
  });

  it('shows why it could not be asked', async () => {
    const { origin, ask, poll } = await aPolledShop(() => ({ status: 401 }));
    await ask('putPoll', { origin, credentials, since });
    await poll();
    expect((await ask('getPoll')).body.lastError).toMatchObject({ code: 'shop-refused' });
  });
});

describe('how a shop is asked', () => {
  it.each([
    ['without a secret', { credentials: { key: 'ck_of_the_shop' } }, 'body.credentials.secret'],
    ['with a path', { origin: 'https://shop.example/wp-json' }, 'body.origin'],
    ['with a password', { origin: 'https://me:secret@shop.example' }, 'body.origin'],
    ['with a question', { origin: 'https://shop.example?key=secret' }, 'body.origin'],
    ['by what is no address', { origin: 'shop.example' }, 'body.origin'],
    ['from a day to come', { since: '2099-01-01T00:00:00Z' }, 'body.since'],
    ['with what it does not know', { password: 'x' }, 'body'],
  ])('is not set up %s', async (_what, wrong, path) => {
    const { origin, ask } = await aPolledShop(() => ({}));
    expect(await ask('putPoll', { origin, credentials, ...wrong })).toMatchObject({
      status: 422,
      body: { path },
    });
  });

  it('is nothing for a source that is no shop, or not there', async () => {
    const { sources, origin, ask } = await aPolledShop(() => ({}));
    const webhook = { kind: 'webhook', store: 'web', proof: { by: 'address' }, mapping: '[]' };
    await sources.ask('putSource', params, webhook);
    expect((await ask('putPoll', { origin, credentials })).body.code).toBe('not-a-shop');
    expect((await ask('removePoll')).status).toBe(404);
    await sources.ask('removeSource', params);
    expect((await ask('putPoll', { origin, credentials })).status).toBe(404);
  });
});
