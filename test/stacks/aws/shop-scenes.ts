import { request as byHttp } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { expect, it, onTestFinished, vi } from 'vitest';
import { keys } from '../../../shared/contracts/keys.ts';
import { shopifyOrder } from '../../builders/a-shop.ts';
import { aShopServer, type Reply } from '../../support/a-shop-server.ts';
import type { Driver } from './driver.ts';
import { daysAgo } from './shop.ts';

const params = { id: 'my-shop' };

/** A server of this machine in the place of whatever is called by https. */
async function answersByHttps(reply: Reply): Promise<void> {
  const { origin } = await aShopServer(() => reply);
  const spy = vi.spyOn(https, 'request').mockImplementation((...[url, options]) => {
    const { pathname, search } = new URL(String(url));
    return byHttp(new URL(pathname + search, origin), {
      ...(options as https.RequestOptions),
      lookup: undefined,
    });
  });
  syncBuiltinESMExports();
  onTestFinished(() => {
    spy.mockRestore();
    syncBuiltinESMExports();
  });
}

/** A shop beside its webhooks: how it is asked, and what becomes of what it tells. */
export function shopScenes(at: () => Driver): void {
  it('asks a shop what changed, takes what it tells and keeps what does not add up', async () => {
    const { aws, call, stage } = at();
    const poll = { origin: 'https://203.0.112.9', credentials: { token: 'shop-token' }, since: daysAgo(5) };
    await call('putSource', { params, body: { kind: 'shopify', store: 'web' } });
    expect((await call('putPoll', { params, body: poll })).status).toBe(200);
    expect((await call('putPoll', { params, body: poll })).status).toBe(200);
    const placed = { processed_at: daysAgo(3), updated_at: daysAgo(3) };
    const orders = [
      shopifyOrder({ id: 1 }, placed),
      shopifyOrder({ id: 2 }, { ...placed, total_price: '1.00', total_price_set: {} }),
    ];
    // Nobody was ever put into quarantine: its key is made now.
    await aws.store.commit([{ remove: keys.ownerKey('quarantine') }]);
    // In the money of the stage.
    const body = JSON.stringify({ orders }).replaceAll('EUR', stage.written.settings.currency);
    await answersByHttps({ body: JSON.parse(body) });

    const polled = await aws.invoke('ingest/poll-shops', {});

    expect(polled).toEqual([{ id: 'my-shop', messages: 2 }]);
    await aws.settle();
    const shown = (await call('getPoll', { params })).body;
    expect(shown).toMatchObject({ id: 'my-shop', lastSuccessAt: expect.any(String) });
    expect(JSON.stringify(shown)).not.toContain('shop-token');
    expect((await call('lookUpCustomer', { body: { email: 'ada@example.com' } })).status).toBe(200);
  });

  it('asks it no more', async () => {
    const { aws, call } = at();

    expect((await call('removePoll', { params })).status).toBe(200);
    expect(await aws.invoke('ingest/poll-shops', {})).toEqual([]);
    expect((await call('getPoll', { params })).status).toBe(404);
    expect((await call('removeSource', { params })).status).toBe(200);
  });
}
