import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  shopifyOrder,
  shopifyRefund,
  squareMessage,
  squarePayment,
  squareRefund,
  wooOrder,
} from '../builders/a-shop.ts';
import { type Host, startHost } from '../support/host.ts';

const SECRET = 'the-secret-of-the-shop';
const ADDRESS = 'https://crm.example/v1/hooks/my-square';

let host: Host;

beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host.stop());

const setUp = async (source: string, kind: string, more: object = {}): Promise<void> => {
  await host.ask('PUT', `/v1/sources/${source}`, { kind, store: `store-of-${kind}`, ...more });
  await host.ask('POST', `/v1/sources/${source}/secrets`, { secret: SECRET });
};

const sign = (text: string): string => createHmac('sha256', SECRET).update(text).digest('base64');

/** Delivers as the shop does; answers what it is told. */
async function deliver(source: string, body: string, headers: Record<string, string>): Promise<string> {
  const answer = await fetch(`${host.url}/v1/hooks/${source}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const { status } = (await answer.json()) as { status: string };
  return answer.ok ? status : String(answer.status);
}

const fromShopify = (topic: string, message: object, delivery = randomUUID() as string): Promise<string> => {
  const body = JSON.stringify(message);
  return deliver('my-shopify', body, {
    'x-shopify-topic': topic,
    'x-shopify-webhook-id': delivery,
    'x-shopify-hmac-sha256': sign(body),
  });
};

const purchasesOf = async (email: string) => {
  const { body } = await host.ask<{ purchases?: { orders: number; net: number; returned: number } }>(
    'POST',
    '/v1/customers/look-up',
    { email },
  );
  return { orders: body.purchases?.orders ?? 0, net: body.purchases?.net ?? 0 };
};

describe('a shop on the web', () => {
  it('whose refund comes before its order, and an old state of the order last, is right to the cent', async () => {
    await setUp('my-shopify', 'shopify');
    const email = 'early@example.com';
    const mug = { sku: 'MUG', price: 1_250, quantity: 2 };
    const refund = shopifyRefund({
      order: 51,
      paid: 1_250,
      goods: [{ item: mug, index: 0, quantity: 1, subtotal: 1_250 }],
    });
    const asPlaced = shopifyOrder({ id: 51, items: [mug], shipping: 0 }, { email });
    const asEdited = shopifyOrder(
      { id: 51, items: [mug, { sku: 'TEA', price: 999, quantity: 1 }], shipping: 0, refunds: [refund] },
      { email, updated_at: '2026-03-15T12:00:00+01:00', financial_status: 'partially_refunded' },
    );

    const told = [
      await fromShopify('refunds/create', refund),
      await fromShopify('orders/updated', asEdited, 'same'),
      await fromShopify('orders/updated', asEdited, 'same'),
      await fromShopify('orders/create', asPlaced),
      await fromShopify('refunds/create', refund),
      await fromShopify('shop/update', {}),
    ];

    expect(told).toEqual(['taken', 'taken', 'duplicate', 'taken', 'duplicate', 'nothing']);
    const net = 2 * 1_250 + 999 - 1_250;
    const settled = await host.eventually(
      () => purchasesOf(email),
      (purchases) => purchases.net === net,
    );
    expect(settled).toEqual({ orders: 1, net });
  });

  it('that signs its address too is believed by the address that it knows', async () => {
    await setUp('my-square', 'square', { url: ADDRESS });
    const email = 'sofie@example.com';
    const tell = (type: string, object: object, url = ADDRESS) => {
      const body = JSON.stringify({ ...squareMessage(type, object), event_id: `${type}-of-square` });
      return deliver('my-square', body, { 'x-square-hmacsha256-signature': sign(url + body) });
    };
    const payment = squarePayment({ id: 'pay-51', total: 3_000 }, { buyer_email_address: email });
    const refund = squareRefund('r-51', 1_000, { payment_id: 'pay-51' });

    expect(await tell('refund.updated', { refund })).toBe('taken');
    expect(await tell('payment.updated', { payment }, 'https://other.example/')).toBe('401');
    expect(await tell('payment.updated', { payment })).toBe('taken');

    const settled = await host.eventually(
      () => purchasesOf(email),
      ({ net }) => net === 2_000,
    );
    expect(settled).toEqual({ orders: 1, net: 2_000 });
  });

  it('that says what does not add up is told so, and counts nothing', async () => {
    await setUp('my-woo', 'woocommerce');
    const email = 'odd@example.com';
    const tell = (order: object) => {
      const body = JSON.stringify(order);
      return deliver('my-woo', body, {
        'x-wc-webhook-topic': 'order.updated',
        // The shop's name for all deliveries of one second.
        'x-wc-webhook-delivery-id': 'one-second',
        'x-wc-webhook-signature': sign(body),
      });
    };
    const billing = { email };
    const trial = { 'content-type': 'application/x-www-form-urlencoded' };

    // What WooCommerce sends, unsigned, when somebody saves the webhook.
    expect(await deliver('my-woo', 'webhook_id=7', trial)).toBe('nothing');
    expect(await deliver('nobody-is-here', 'webhook_id=7', trial)).toBe('nothing');

    expect(await tell(wooOrder({ id: 61 }, { billing, total: '1.00' }))).toBe('quarantined');
    expect(await tell(wooOrder({ id: 62 }, { billing }))).toBe('taken');
    expect(await tell(wooOrder({ id: 63 }, { billing }))).toBe('taken');
    expect(await tell(wooOrder({ id: 63 }, { billing }))).toBe('duplicate');

    const settled = await host.eventually(
      () => purchasesOf(email),
      ({ orders }) => orders === 2,
    );
    expect(settled).toEqual({ orders: 2, net: 2 * (2 * 1_250 + 495) });
  });
});
