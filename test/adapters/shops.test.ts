import { describe, expect, it } from 'vitest';
import { isPublic, lookupFor } from '../../shared/adapters/shops/address.ts';
import { askShop } from '../../shared/adapters/shops/ask-shop.ts';
import { shopClients } from '../../shared/adapters/shops/shops.ts';
import type { Shop, ShopAccess, ShopMessage } from '../../shared/ports/shop.ts';
import {
  shopifyOrder,
  squareOrder,
  squarePayment,
  squareRefund,
  wooOrder,
  wooRefund,
} from '../builders/a-shop.ts';
import { type Asked, aShopServer, type Reply } from '../support/a-shop-server.ts';

const clients = shopClients({ mayBeLocal: true });
const SINCE = '2026-03-14T10:00:00.000Z';

/** All pages of a walk. */
async function walk(shop: Shop, access: ShopAccess): Promise<ShopMessage[]> {
  const messages: ShopMessage[] = [];
  let page: string | undefined;
  do {
    const one = await shop.changed(access, SINCE, page);
    messages.push(...one.messages);
    page = one.next;
  } while (page !== undefined);
  return messages;
}

const asking = async (answer: (asked: Asked) => Reply | 'nothing') => {
  const { origin, asked } = await aShopServer(answer);
  const access = { origin, credentials: { token: 'shop-token', key: 'ck_1', secret: 'cs_1' } };
  return { access, asked };
};

describe('Shopify is asked for orders', () => {
  it('page by page, by the links that it gives, with its token', async () => {
    const { access, asked } = await asking(({ url }) => {
      const page = url.searchParams.get('page_info');
      const link = `<https://shop.example/admin/api/x/orders.json?limit=100&page_info=second>; rel="next"`;
      return page === null
        ? { headers: { link }, body: { orders: [shopifyOrder({ id: 1 })] } }
        : { body: { orders: [shopifyOrder({ id: 2 })] } };
    });

    const messages = await walk(clients.shopify, access);

    expect(messages).toMatchObject([
      { topic: 'orders/updated', body: { id: 1 } },
      { topic: 'orders/updated', body: { id: 2 } },
    ]);
    expect(asked.map(({ headers }) => headers['x-shopify-access-token'])).toEqual([
      'shop-token',
      'shop-token',
    ]);
    expect(Object.fromEntries(asked[0]?.url.searchParams ?? [])).toMatchObject({
      updated_at_min: SINCE,
      status: 'any',
      order: 'updated_at asc',
    });
    // Beside the name of a page Shopify takes no other filter.
    expect([...(asked[1]?.url.searchParams.keys() ?? [])].sort()).toEqual(['limit', 'page_info']);
  });
});

describe('what Shopify calls the next page', () => {
  it.each(['https://shop.example/admin/api/x/orders.json?limit=100', 'http://[broken'])(
    'is not taken for the last one where it has no name: %s',
    async (address) => {
      const { access } = await asking(() => ({
        headers: { link: `<${address}>; rel="next"` },
        body: { orders: [] },
      }));

      await expect(walk(clients.shopify, access)).rejects.toMatchObject({ code: 'shop-answer' });
    },
  );
});

describe('Square is asked for payments and refunds', () => {
  it('with the order and the customer of each payment, cursor by cursor', async () => {
    const { access, asked } = await asking(({ url }) => {
      const cursor = url.searchParams.get('cursor');
      switch (url.pathname) {
        case '/v2/payments':
          return cursor === null
            ? { body: { payments: [squarePayment({ id: 'pay-1' })], cursor: 'a:b' } }
            : { body: {} };
        case '/v2/refunds':
          return { body: { refunds: [squareRefund('r-1', 500)] } };
        case '/v2/orders/batch-retrieve':
          return { body: { orders: [squareOrder([{ sku: 'MUG', price: 2_995, quantity: 1 }])] } };
        default:
          return {
            body: { responses: { 'SQ-CUST-1': { customer: { id: 'SQ-CUST-1', phone_number: '1' } } } },
          };
      }
    });

    const messages = await walk(clients.square, { ...access, location: 'L1' });

    expect(messages).toMatchObject([
      {
        topic: 'payment.updated',
        body: {
          data: {
            object: {
              payment: { id: 'pay-1' },
              order: { id: 'order-of-pay-1' },
              customer: { phone_number: '1' },
            },
          },
        },
      },
      { topic: 'refund.updated', body: { data: { object: { refund: { id: 'r-1' } } } } },
    ]);
    expect(asked.map(({ method, url }) => [method, url.pathname, url.searchParams.get('cursor')])).toEqual([
      ['GET', '/v2/payments', null],
      ['POST', '/v2/orders/batch-retrieve', null],
      ['POST', '/v2/customers/bulk-retrieve', null],
      ['GET', '/v2/payments', 'a:b'],
      ['GET', '/v2/refunds', null],
    ]);
    expect(asked[0]?.url.searchParams.get('location_id')).toBe('L1');
    expect(asked[0]?.headers['authorization']).toBe('Bearer shop-token');
  });
});

describe('WooCommerce is asked for orders and their refunds', () => {
  it('with key and secret, and only where an order has refunds', async () => {
    const { access, asked } = await asking(({ url }) =>
      url.pathname.endsWith('/refunds')
        ? { body: [wooRefund({ amount: 500 }).refund] }
        : { body: [wooOrder({ id: 1 }), wooOrder({ id: 727 }, { refunds: [{ id: 901, total: '-5.00' }] })] },
    );

    const messages = await walk(clients.woocommerce, access);

    expect(messages).toMatchObject([
      { topic: 'order.updated', body: { id: 1 } },
      { topic: 'order.updated', body: { id: 727 } },
      { topic: 'refund.created', body: { order: 727, currency: 'EUR', refund: { id: 901 } } },
    ]);
    expect(asked[0]?.headers['authorization']).toBe(`Basic ${btoa('ck_1:cs_1')}`);
    expect(asked.map(({ url }) => url.pathname)).toEqual([
      '/wp-json/wc/v3/orders',
      '/wp-json/wc/v3/orders/727/refunds',
    ]);
  });

  it('misses none that is changed while it is asked', async () => {
    const at = (second: number) => new Date(Date.parse(SINCE) + second * 1_000).toISOString().slice(0, 19);
    const changed = new Map(Array.from({ length: 120 }, (_, index) => [index, at(index + 1)]));
    const { access } = await asking(({ url }) => {
      const after = url.searchParams.get('modified_after') ?? '';
      const page = Number(url.searchParams.get('page'));
      const all = [...changed].filter(([, time]) => time > after).sort((a, b) => (a[1] < b[1] ? -1 : 1));
      const body = all
        .slice((page - 1) * 50, page * 50)
        .map(([id, time]) => wooOrder({ id }, { date_modified_gmt: time }));
      // An order of the page that was just told moves to the end.
      const [first] = all[0] ?? [];
      if (first !== undefined && first < 100) changed.set(first, at(200 + first));
      return { body };
    });

    const told = await walk(clients.woocommerce, access);

    expect(new Set(told.map(({ body }) => (body as { id: number }).id)).size).toBe(120);
  });

  it('comes through more orders of one second than a page has', async () => {
    const ids = Array.from({ length: 120 }, (_, index) => index);
    const { access } = await asking(({ url }) => {
      const page = Number(url.searchParams.get('page'));
      const body = ids.slice((page - 1) * 50, page * 50);
      return { body: body.map((id) => wooOrder({ id }, { date_modified_gmt: '2026-03-14T10:00:01' })) };
    });
    expect(await walk(clients.woocommerce, access)).toHaveLength(120);
  });
});

describe('a shop that', () => {
  const ask = async (answer: (asked: Asked) => Reply | 'nothing') => {
    const { access } = await asking(answer);
    return clients.shopify.changed(access, SINCE);
  };

  it('is busy for a moment is asked again when it says so', async () => {
    let times = 0;
    const page = await ask(() => {
      times += 1;
      return times < 3 ? { status: 429, headers: { 'retry-after': '0.01' } } : { body: { orders: [] } };
    });
    expect([page.messages, times]).toEqual([[], 3]);
  });

  it.each([
    ['is busy for long', { status: 429, headers: { 'retry-after': '3600' } }, 'shop-busy'],
    [
      'is busy until a time of the day',
      { status: 429, headers: { 'retry-after': 'Fri, 31 Dec 2027' } },
      'shop-busy',
    ],
    ['does not know the token', { status: 401 }, 'shop-refused'],
    ['forbids it', { status: 403 }, 'shop-refused'],
    ['is down', { status: 503 }, 'shop-answer'],
    ['sends elsewhere', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'shop-address'],
    ['answers with a page', { body: '<html>' }, 'shop-answer'],
    ['answers without its list', { body: { errors: 'no' } }, 'shop-answer'],
    ['answers without end', { body: `"${'x'.repeat(20_000_001)}"` }, 'shop-answer'],
    ['breaks off', 'nothing', 'shop-unreachable'],
  ] as const)('%s fails with a code', async (_what, reply, code) => {
    await expect(ask(() => reply)).rejects.toMatchObject({ code });
  });
});

describe('the address of a shop', () => {
  const refused = (origin: string, mayBeLocal = false) =>
    shopClients({ mayBeLocal }).shopify.changed({ origin, credentials: {} }, SINCE);

  it.each([
    ['http://my-shop.example', 'is not encrypted'],
    ['http://127.0.0.1:9001', 'is not encrypted'],
    ['https://127.0.0.1', 'private network'],
    ['https://localhost', 'private network'],
    ['https://169.254.169.254', 'private network'],
    ['https://10.1.2.3', 'private network'],
    ['https://[::1]', 'private network'],
    ['https://[::ffff:10.0.0.1]', 'private network'],
    ['https://2130706433', 'private network'],
  ])('may not lead into the house: %s', async (origin, why) => {
    await expect(refused(origin)).rejects.toMatchObject({
      code: 'shop-address',
      message: expect.stringContaining(why),
    });
  });

  /** A name that leads there; answers how often it was looked up too. */
  const named = (...addresses: readonly string[]) => {
    const names: string[] = [];
    const rules = { mayBeLocal: true };
    const lookup = lookupFor(rules, (name, answer) => {
      names.push(name);
      answer(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    });
    return { names, lookup, ask: askShop(rules, lookup) };
  };

  it.each([[['127.0.0.1']], [['93.184.216.34', '10.0.0.1']], [['2606:4700::6810:1', 'fd00::1']]])(
    'is looked up once, for the connection itself, which is not made where it leads to %j',
    async (found) => {
      const { names, ask } = named(...found);
      await expect(ask({ url: new URL('https://my-shop.example/'), headers: {} })).rejects.toMatchObject({
        code: 'shop-address',
        message: expect.stringContaining('private network'),
      });
      expect(names).toEqual(['my-shop.example']);
    },
  );

  it('is connected to where all that its name leads to is public', () => {
    const answers: unknown[] = [];
    const { lookup } = named('93.184.216.34', '2606:4700::6810:1');
    lookup('my-shop.example', { all: true }, (...answer) => answers.push(answer));
    expect(answers).toMatchObject([[null, [{ address: '93.184.216.34' }, { address: '2606:4700::6810:1' }]]]);
  });

  it('may be this machine by its name, where this machine is let in', async () => {
    const { access } = await asking(() => ({ body: { orders: [] } }));
    const origin = access.origin.replace('127.0.0.1', 'localhost');
    expect(await clients.shopify.changed({ ...access, origin }, SINCE)).toMatchObject({ messages: [] });
  });

  it('that nobody knows cannot be reached', async () => {
    const lookup = lookupFor({ mayBeLocal: false }, (_name, answer) => answer(new Error('ENOTFOUND'), []));
    const ask = askShop({ mayBeLocal: false }, lookup);
    await expect(ask({ url: new URL('https://my-shop.example/'), headers: {} })).rejects.toMatchObject({
      code: 'shop-unreachable',
    });
  });

  it('within the house stays refused where only this machine is let in', async () => {
    await expect(refused('https://10.1.2.3', true)).rejects.toMatchObject({ code: 'shop-address' });
    await expect(refused('http://my-shop.example', true)).rejects.toMatchObject({ code: 'shop-address' });
  });

  it.each(['93.184.216.34', '23.227.38.74', '2606:4700::6810:1'])('may be anybody’s: %s', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it.each([
    '100.64.0.1',
    '192.168.1.1',
    '224.0.0.1',
    'fd00::1',
    'fe80::1',
    '::',
    '2002:a00:1::',
    '64:ff9b::a00:1',
  ])('is nobody’s to call: %s', (address) => {
    expect(isPublic(address)).toBe(false);
  });
});
