import { describe, expect, it } from 'vitest';
import { translate } from '../../../../../../shared/domain/dialects/segment/translate.ts';
import { readEvent } from '../../../../../../shared/domain/events/read-event.ts';
import { InvalidInput } from '../../../../../../shared/domain/kernel/errors.ts';
import {
  identify,
  inBrowser,
  onPhone,
  onServer,
  order,
  track,
} from '../../../../../builders/a-segment-message.ts';

const surroundings = { receivedAt: '2026-03-14T10:15:05.000Z', id: 'made-up', currency: 'EUR' };
const translated = (message: unknown, more = {}) => translate(message, { ...surroundings, ...more });
const only = (message: unknown, more = {}) => {
  const [event, ...others] = translated(message, more);
  expect(others).toEqual([]);
  // Whatever comes out must be takeable as it is.
  expect(() => readEvent(event)).not.toThrow();
  return event;
};
const refusal = (message: unknown): { code: string; path: string; message: string } => {
  try {
    translated(message);
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
  throw new Error('It was taken');
};

describe('the frame of a message', () => {
  it('keeps its name, the device, and both times, for the door to correct the one by the other', () => {
    expect(only({ ...inBrowser, type: 'page' })).toMatchObject({
      id: inBrowser.messageId,
      occurredAt: inBrowser.originalTimestamp,
      sentAt: inBrowser.sentAt,
      ids: { device: inBrowser.anonymousId },
    });
  });

  it.each([
    ['the time of the message', { timestamp: '2026-01-01T00:00:00Z' }, '2026-01-01T00:00:00Z'],
    ['the time it was sent', { timestamp: null, sentAt: '2026-01-02T00:00:00Z' }, '2026-01-02T00:00:00Z'],
    ['the time it came', { timestamp: null }, surroundings.receivedAt],
  ])('without another time has %s', (_what, times, occurredAt) => {
    expect(only(track('Spun', {}, { ...onServer, ...times }))).toMatchObject({ occurredAt });
  });

  it('has the time of sending of its batch, unless it has its own', () => {
    const batch = { sentAt: '2026-03-14T10:15:04Z' };

    expect(only(track('Spun'), batch)).toMatchObject(batch);
    expect(only(track('Spun', {}, inBrowser), batch)).toMatchObject({ sentAt: inBrowser.sentAt });
  });

  it('is named by us where it brings no name', () => {
    expect(only(track('Spun', {}, { userId: 'M-1' }))).toMatchObject({ id: 'made-up' });
  });

  it.each([
    ['a number', { userId: 1001 }, { member: '1001' }],
    ['an address', { userId: 'ada@example.com' }, { email: 'ada@example.com' }],
    [
      'an address beside another',
      { userId: 'ada@example.com', context: { traits: { email: 'a@b.nl' } } },
      { member: 'ada@example.com', email: 'a@b.nl' },
    ],
    [
      'with a phone in the context',
      { context: { traits: { phone: '0612345678' } } },
      { member: 'M-1001', phone: '0612345678' },
    ],
    ['nobody', { userId: null, anonymousId: '' }, {}],
  ])('says who, as tills know them: %s', (_what, frame, ids) => {
    expect(only(track('Spun', {}, { ...onServer, ...frame }))?.ids).toEqual(ids);
  });

  it.each([
    ['no object', 'track', 'unknown-type', 'type'],
    ['no type', {}, 'unknown-type', 'type'],
    ['a type nobody knows', { type: '__proto__' }, 'unknown-type', 'type'],
    ['a time that is none', { ...track('A'), timestamp: 'yesterday' }, 'invalid-field', 'timestamp'],
    ['a time without an offset', { ...track('A'), sentAt: '2026-03-14T10:15:00' }, 'invalid-field', 'sentAt'],
    ['a track without a name', track(' '), 'invalid-field', 'event'],
    ['nobody to identify', { type: 'identify', traits: {} }, 'identifier-missing', 'userId'],
    ['an alias of nobody', { type: 'alias', userId: 'M-1' }, 'invalid-field', 'previousId'],
    ['an alias for nobody', { type: 'alias', previousId: 'x' }, 'invalid-field', 'userId'],
    ['a group without a name', { type: 'group', userId: 'M-1' }, 'invalid-field', 'groupId'],
    ['a page without a path', { type: 'page', ...onServer }, 'invalid-field', 'name'],
  ])('is refused for %s, with the way out', (_what, message, code, path) => {
    expect(refusal(message)).toMatchObject({ code, path });
    expect(refusal(message).message).toMatch(/^\w+: /);
  });

  it.each([
    [{ All: false }, 0],
    [{ Clientele: false }, 0],
    [{ All: false, Clientele: true }, 1],
    [{ All: false, Clientele: { some: 'option' } }, 1],
    [{ All: true, 'Other Tool': false }, 1],
  ])('goes where its integrations say: %j', (integrations, events) => {
    expect(translated({ ...track('Spun'), integrations })).toHaveLength(events);
  });
});

describe('what is told of a person', () => {
  it('becomes fields of a member, the rest kept beside them for the vault', () => {
    expect(
      only(
        identify({
          email: 'ada@example.com',
          phone: '+31612345678',
          firstName: 'Ada',
          lastName: 'Vermeer',
          birthday: '1988-05-17T00:00:00Z',
          address: { city: 'Amsterdam' },
          plan: 'gold',
          gender: null,
        }),
      ),
    ).toMatchObject({
      type: 'member.updated',
      ids: {
        member: 'M-1001',
        email: 'ada@example.com',
        phone: '+31612345678',
        device: inBrowser.anonymousId,
      },
      data: {
        plan: 'gold',
        name: 'Ada Vermeer',
        birthday: '1988-05-17',
        address: { city: 'Amsterdam' },
        language: 'nl-NL',
      },
    });
  });

  it('does not carry addresses, nor an address in the place of a language', () => {
    const { data } =
      only(identify({ email: 'a@b.nl', phone: '0612345678', language: 'ada@example.com' })) ?? {};

    expect(data).toEqual({});
  });

  it('may be an address in one line', () => {
    expect(only(identify({ address: 'Dam 1, Amsterdam' }))?.data).toMatchObject({
      address: { text: 'Dam 1, Amsterdam' },
    });
  });

  it('is an enrolment where somebody signed up', () => {
    const context = { traits: { name: 'Ada', email: 'ada@example.com' } };

    expect(only(track('Signed Up', { plan: 'x' }, { ...onServer, context }))).toMatchObject({
      type: 'member.enrolled',
      ids: { member: 'M-1001', email: 'ada@example.com' },
      data: { name: 'Ada' },
    });
  });

  it('may be a group, whose address is not the person’s', () => {
    const message = {
      ...onServer,
      type: 'group',
      groupId: 'g-1',
      traits: { name: 'Club', email: 'club@example.com' },
    };

    expect(only(message)).toMatchObject({
      type: 'member.updated',
      ids: { member: 'M-1001' },
      data: { group: { id: 'g-1', name: 'Club', email: 'club@example.com' } },
    });
    expect(only(message)?.ids).not.toHaveProperty('email');
  });

  it.each([
    ['a device', { previousId: 'anon-1' }, { member: 'M-1001', device: 'anon-1' }],
    ['the device that it came from', { anonymousId: 'anon-2' }, { member: 'M-1001', device: 'anon-2' }],
    ['an address', { previousId: 'ada@example.com' }, { member: 'M-1001', email: 'ada@example.com' }],
  ])('may be another name, of %s', (_what, former, ids) => {
    expect(only({ ...onServer, type: 'alias', ...former })).toMatchObject({ type: 'member.updated', ids });
  });
});

describe('an order', () => {
  const lines = [
    { sku: 'MILK-900', quantity: 2, unitPrice: 1999, category: 'baby', discount: 496 },
    { sku: 'TEA', quantity: 3, unitPrice: 10, category: 'tea', discount: 4 },
    { sku: 'shipping', quantity: 1, unitPrice: 495, category: 'shipping', discount: 0 },
  ];

  it.each(['Order Completed', 'order completed', 'Completed Order', 'order_completed'])(
    'is a sale to the cent, named by its number: %s',
    (event) => {
      const sale = only(track(event, order));

      expect(sale).toMatchObject({
        type: 'sale.recorded',
        ids: { member: 'M-1001' },
        data: { store: 'web', terminal: '1', receipt: '50314b8e9bcf', channel: 'web', part: 1, lines },
      });
      expect(sale).not.toHaveProperty('id');
      expect(JSON.stringify(sale)).not.toContain('ada@example.com');
    },
  );

  it('with tax on top, summed up in floating point, has a line of the tax', () => {
    const products = [{ sku: 'A', price: 0.1, quantity: 3 }];
    const total = 0.1 * 3 + 0.06;
    const sale = only(track('Order Completed', { order_id: 'o', total, tax: 0.06, products }));

    expect(String(total)).toHaveLength(19);
    expect(sale?.data).toMatchObject({
      lines: [
        { sku: 'A', quantity: 3, unitPrice: 10 },
        { sku: 'tax', quantity: 1, unitPrice: 6, category: 'tax' },
      ],
    });
  });

  it('of one piece at a price of three decimals costs what is paid for it', () => {
    const products = [{ sku: 'A', price: 1.899 }];

    expect(only(track('Order Completed', { order_id: 'o', products }))?.data).toMatchObject({
      lines: [{ sku: 'A', quantity: 1, unitPrice: 190 }],
    });
  });

  it('from a phone came by the app', () => {
    expect(only(track('Order Completed', order, onPhone))?.data).toMatchObject({ channel: 'app' });
  });

  it('of many products travels in parts, whose sum is the total', () => {
    const products = Array.from({ length: 120 }, (_, n) => ({ sku: `s${n}`, price: 1.01 }));
    const parts = translated(
      track('Order Completed', { order_id: 'o', total: 120, discount: 1.2, products }),
    );

    expect(
      parts.map(({ data }) =>
        'part' in data ? [data.part, Array.isArray(data['lines']) && data['lines'].length] : [],
      ),
    ).toEqual([
      [1, 50],
      [2, 50],
      [3, 20],
    ]);
    for (const part of parts) expect(() => readEvent(part)).not.toThrow();
  });

  it.each([
    ['no number', { order_id: undefined }, 'properties.order_id'],
    ['no products', { products: [] }, 'properties.products'],
    ['a product without a price', { products: [{ sku: 'A' }] }, 'properties.products.0.price'],
    ['a product without a name', { products: [{ price: 1 }], total: 1 }, 'properties.products.0.sku'],
    ['a price that is none', { products: [{ sku: 'A', price: '1,99' }] }, 'properties.products.0.price'],
    ['an endless price', { products: [{ sku: 'A', price: '9'.repeat(400) }] }, 'properties.products.0.price'],
    ['a price below nothing', { products: [{ sku: 'A', price: -1 }] }, 'properties.products.0.price'],
    [
      'a quantity of none',
      { products: [{ sku: 'A', price: 1, quantity: 0 }] },
      'properties.products.0.quantity',
    ],
    ['a total with tenths of cents', { total: 40.231 }, 'properties.total'],
    ['a total that is an object', { total: {} }, 'properties.total'],
  ])('is refused with %s', (_what, change, path) => {
    expect(refusal(track('Order Completed', { ...order, ...change }))).toMatchObject({
      code: 'invalid-field',
      path,
    });
  });

  it('is refused where its sums do not meet, and told how they differ', () => {
    const wrong = refusal(track('Order Completed', { ...order, total: 41 }));

    expect(wrong).toMatchObject({ code: 'order-does-not-add-up', path: 'properties.total' });
    expect(wrong.message).toContain('40.28 EUR');
    expect(wrong.message).toContain('41.00 EUR');
  });

  it('in other money is refused before its prices are read as ours', () => {
    expect(refusal(track('Order Completed', { ...order, currency: 'JPY' }))).toMatchObject({
      code: 'foreign-currency',
      path: 'properties.currency',
    });
    expect(translated(track('Order Completed', { ...order, currency: 'eur' }))).toHaveLength(1);
  });

  it.each([
    ['JPY', 1999, 1999],
    ['KWD', 1.999, 1999],
    ['EUR', 1.999, 199.9],
  ])('has minor units of the stage: %s', (currency, price, unitPrice) => {
    const properties = { order_id: 'o', products: [{ sku: 'A', price, quantity: 10 }] };

    expect(only(track('Order Completed', properties), { currency })?.data).toMatchObject({
      lines: [{ unitPrice }],
    });
  });
});

describe('a refund', () => {
  const sale = { store: 'web', terminal: '1', receipt: 'o-1' };

  it('for a sum is named by its message, since an order may have several, and brings back the whole sale for it', () => {
    expect(only(track('Order Refunded', { order_id: 'o-1', total: 40.23 }))).toMatchObject({
      type: 'return.recorded',
      data: {
        store: 'web',
        terminal: 'refunds',
        receipt: onServer.messageId,
        sale,
        whole: true,
        amount: 4023,
      },
    });
  });

  it('of some products is named by its message, and names the sale', () => {
    const products = [{ sku: 'TEA', price: 0.1, quantity: 2 }];

    expect(only(track('Order Refunded', { order_id: 'o-1', total: 0.2, products }))).toMatchObject({
      data: {
        terminal: 'refunds',
        receipt: onServer.messageId,
        sale,
        lines: [{ sku: 'TEA', quantity: 2, unitPrice: 10 }],
      },
    });
  });

  it.each([
    ['as the products cost', 0.5, [0, 0], undefined],
    ['more than they cost, with shipping and tax', 1.5, [0, 0], 100],
    ['less than they cost, in proportion', 0.25, [20, 5], undefined],
  ])('of some products is for what was paid back: %s', (_what, total, discounts, amount) => {
    const products = [
      { sku: 'MUG', price: 0.4, quantity: 1 },
      { sku: 'TEA', price: 0.1, quantity: 1 },
    ];
    const { data } = only(track('Order Refunded', { order_id: 'o-1', total, products })) ?? {};

    expect(data).toMatchObject({ lines: discounts.map((discount) => ({ discount })) });
    expect((data as { amount?: number }).amount).toBe(amount);
  });

  it('of more products than an event holds names the money beside them once', () => {
    const products = Array.from({ length: 60 }, (_, index) => ({ sku: `S${index}`, price: 1 }));
    const events = translate(track('Order Refunded', { order_id: 'o-1', total: 65, products }), surroundings);

    expect(events.map(({ data }) => (data as { amount?: number }).amount)).toEqual([500, undefined]);
  });

  it.each([{ total: -1 }, { discount: 9 }])('of some products is refused where it says %j', (sums) => {
    const properties = { order_id: 'o-1', products: [{ sku: 'A', price: 1 }], ...sums };
    expect(() => translate(track('Order Refunded', properties), surroundings)).toThrow(
      expect.objectContaining({ code: 'order-does-not-add-up' }),
    );
  });

  it.each(['Order Completed', 'Order Refunded'])('is refused by the field that was sent: %s', (event) => {
    const properties = { order_id: 'o'.repeat(65), products: [{ sku: 'A', price: 1 }] };
    expect(() => translate(track(event, properties), surroundings)).toThrow(
      expect.objectContaining({ path: 'properties.order_id', message: expect.stringContaining('64') }),
    );
  });

  it('of a long name is known by its end', () => {
    const properties = {
      order_id: 'o-1',
      refund_id: `${'r'.repeat(70)}-7`,
      products: [{ sku: 'A', price: 1 }],
    };

    expect(only(track('Order Refunded', properties))?.data).toMatchObject({ receipt: `${'r'.repeat(62)}-7` });
  });

  it('that says no amount is named by the order, and brings back all that is left of it', () => {
    const { data } = only(track('Order Refunded', { order_id: 'o-1' })) ?? {};

    expect(data).toEqual({
      store: 'web',
      terminal: 'refunds',
      receipt: 'o-1',
      channel: 'web',
      sale,
      whole: true,
    });
  });

  it('of less than nothing is refused at the door, as any amount is', () => {
    const [event] = translate(track('Order Refunded', { order_id: 'o-1', total: -1 }), surroundings);

    expect(() => readEvent(event)).toThrow('data.amount');
  });
});

describe('browsing', () => {
  it('cuts a basket that is none, and leaves out a value below nothing', () => {
    const products = Array.from({ length: 150 }, () => ({ sku: 'A' }));
    const { data } = only(track('Checkout Started', { value: -5, products })) ?? {};

    expect(data).toEqual({ lines: Array(100).fill({ sku: 'A' }) });
  });

  it('takes path and title of a page, and nothing that follows the path', () => {
    const event = only({ ...inBrowser, type: 'page', properties: inBrowser.context.page });

    expect(event).toMatchObject({
      type: 'page.viewed',
      data: { path: '/sale/spring', title: 'Spring sale' },
    });
    expect(JSON.stringify(event)).not.toContain('ada@example.com');
  });

  it.each([
    ['a screen by its name', { type: 'screen', name: 'Home' }, { path: 'Home', title: 'Home' }],
    ['an address', { type: 'page', properties: { url: 'https://a.nl/b?c=d#e' } }, { path: '/b' }],
    ['a path with a question', { type: 'page', properties: { path: '/b?c=d' } }, { path: '/b' }],
    ['nothing but a question', { type: 'page', properties: { path: '?c=d' } }, { path: '/' }],
  ])('reads %s', (_what, message, data) => {
    expect(only({ ...onServer, ...message })?.data).toEqual(data);
  });

  it.each([
    [
      'Product Viewed',
      { product_id: '7', category: 'c'.repeat(70), price: 1 },
      'product.viewed',
      { sku: '7', category: 'c'.repeat(64) },
    ],
    [
      'Product Added',
      { sku: 'A', price: 1.5, quantity: '2', cart_id: 'k' },
      'product.added',
      { sku: 'A', unitPrice: 150, quantity: 2, cart: 'k' },
    ],
    ['Product Added', { sku: 'A', price: 'free', quantity: -1 }, 'product.added', { sku: 'A' }],
    ['Product Added', { sku: 'A', price: 1.5, currency: 'USD' }, 'product.added', { sku: 'A' }],
    [
      'Cart Viewed',
      { cart_id: 'k', products: [{ sku: 'A', price: 1 }, {}] },
      'cart.viewed',
      { cart: 'k', lines: [{ sku: 'A', unitPrice: 100 }] },
    ],
    ['Cart Viewed', {}, 'cart.viewed', {}],
    ['Checkout Started', { value: 20, products: [] }, 'checkout.started', { value: 2000 }],
    [
      'Checkout Started',
      { value: 20, currency: 'USD', products: [{ sku: 'A', price: 1 }] },
      'checkout.started',
      { lines: [{ sku: 'A' }] },
    ],
    ['Products Searched', { query: 'tea' }, 'products.searched', { query: 'tea' }],
    ['Store Finder Opened', { email: 'ada@example.com' }, 'action.taken', { name: 'Store Finder Opened' }],
  ])('is a signal: %s %j', (event, properties, type, data) => {
    const taken = only(track(event, properties));

    expect(taken?.type).toBe(type);
    expect(taken?.data).toEqual(data);
  });

  it.each(['Product Viewed', 'Product Added', 'Products Searched'])(
    'is refused where it says nothing: %s',
    (event) => {
      expect(refusal(track(event))).toMatchObject({ code: 'invalid-field' });
    },
  );
});
