import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addUp, type Charge, lineOf } from '../../../../../shared/domain/dialects/charges.ts';
import { shops } from '../../../../../shared/domain/dialects/shops.ts';
import { type Line, paidFor } from '../../../../../shared/domain/events/receipt.ts';
import {
  shopifyOrder,
  shopifyRefund,
  squareMessage,
  squareOrder,
  squarePayment,
  squareRefund,
  wooOrder,
  wooRefund,
} from '../../../../builders/a-shop.ts';
import { context, paid, told } from '../../../../support/told-by-shop.ts';

const revisionOf = (event: { readonly data: object } | undefined): number =>
  Number({ revision: 0, ...event?.data }.revision);

const mug = { sku: 'MUG', price: 1_250, quantity: 2 };
const tea = { sku: 'TEA', price: 333, quantity: 3, discount: 100, tax: 57 };

describe('a charge as a line', () => {
  const charges = fc
    .record({
      quantity: fc.oneof(fc.integer({ min: 1, max: 9_000 }), fc.constantFrom(0.5, 1.25, 0.001)),
      gross: fc.integer({ min: 0, max: 100_000_000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(
      ({ quantity, gross, share }): Charge => ({
        sku: 'TEA',
        quantity,
        gross,
        paid: Math.floor(gross * share),
      }),
    );

  it('costs exactly what was paid, whatever part of a cent a piece comes to', () => {
    fc.assert(
      fc.property(charges, (charge) => {
        const line = lineOf(charge);
        expect(paidFor(line)).toBe(charge.paid);
        expect(line.discount).toBeGreaterThanOrEqual(0);
      }),
      // A cent for so many pieces that the price of one cannot be written.
      { examples: [[{ sku: 'NAIL', quantity: 30_000, gross: 1, paid: 1 }]] },
    );
  });

  it('adds up with the others to the total of the order, or is refused', () => {
    fc.assert(
      fc.property(
        fc.array(charges, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: -9, max: 9 }),
        (all, off) => {
          const total = all.reduce((sum, charge) => sum + charge.paid, off);
          fc.pre(total >= 0);
          const read = () => addUp(all, [], { totals: [total], currency: 'EUR', path: 'total' });
          if (Math.abs(off) > all.length) expect(read).toThrow(/^total: /);
          else expect(read().reduce((sum, charge) => sum + charge.paid, 0)).toBe(total);
        },
      ),
    );
  });
});

describe('an order of Shopify', () => {
  it('is the whole receipt with goods, shipping and tip as they were charged', () => {
    const [placed, ...others] = told(
      'shopify',
      'orders/create',
      shopifyOrder({ items: [mug, tea], tip: 200, taxesIncluded: false }),
    );
    expect(others).toEqual([]);
    expect(placed).toMatchObject({
      type: 'receipt.corrected',
      occurredAt: '2026-03-14T11:15:00+01:00',
      ids: { email: 'ada@example.com', phone: '+31612345678' },
      data: { store: 'web-nl', terminal: 'shopify', receipt: '4001', channel: 'web', currency: 'EUR' },
    });
    expect(paid(placed)).toBe(2_500 + 999 - 100 + 57 + 495 + 200);
    const { lines = [] } = (placed?.data ?? {}) as { lines?: readonly Line[] };
    expect(lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      ['MUG', 2],
      ['TEA', 3],
      ['shipping', 1],
      ['tip', 1],
    ]);
    expect(lines[1]).toMatchObject({ line: '9001', discount: 100 });
  });

  it.each([
    ['waits for its money', { financial_status: 'pending' }],
    ['ran out of time', { financial_status: 'expired' }],
    ['is a test', { test: true }],
  ])('says nothing where it %s', (_what, state) => {
    expect(told('shopify', 'orders/updated', shopifyOrder({}, state))).toEqual([]);
  });

  it.each(['authorized', 'partially_paid', 'paid', 'partially_refunded', 'refunded'])(
    'is a sale where it is %s',
    (financial_status) => {
      const events = told('shopify', 'orders/updated', shopifyOrder({}, { financial_status }));
      expect(events.map(({ type }) => type)).toEqual(['receipt.corrected']);
    },
  );

  it('is undone where it was cancelled before its money was taken', () => {
    const cancelled = { financial_status: 'voided', cancelled_at: '2026-03-15T10:00:00+01:00' };
    const events = told('shopify', 'orders/cancelled', shopifyOrder({}, cancelled));
    expect(events.map(({ type }) => type)).toEqual(['receipt.corrected', 'sale.voided']);
  });

  it('keeps what an edit took out before it was paid out of the receipt', () => {
    const removal = shopifyRefund({ goods: [{ item: mug, index: 0, quantity: 1, subtotal: 1_250 }] });
    const [placed, ...others] = told('shopify', 'orders/updated', shopifyOrder({ refunds: [removal] }));
    expect(paid(placed)).toBe(1_250 + 495);
    expect(others).toEqual([]);
  });

  it('is read in the money of the stage, where the shop or the customer has it', () => {
    const dollars = { amount: '99.00', currency_code: 'USD' };
    const order = shopifyOrder(
      { items: [{ sku: 'MUG', price: 1_000, quantity: 1 }], shipping: 0 },
      { currency: 'USD', total_price: '99.00' },
    );
    const inBoth = JSON.parse(JSON.stringify(order), (key, value) =>
      key === 'shop_money' ? dollars : value,
    );
    expect(paid(told('shopify', 'orders/create', inBoth)[0])).toBe(1_000);
    expect(() => told('shopify', 'orders/create', { ...inBoth, presentment_currency: 'USD' })).toThrow(
      expect.objectContaining({ code: 'foreign-currency', path: 'currency' }),
    );
  });

  it('is refused where it does not add up, naming both sums', () => {
    expect(() =>
      told('shopify', 'orders/create', shopifyOrder({}, { total_price: '12.00', total_price_set: {} })),
    ).toThrow(expect.objectContaining({ code: 'order-does-not-add-up', path: 'total_price' }));
  });

  it('counts as two in one second by what they say, whichever comes first', () => {
    const revision = (order: object) => revisionOf(told('shopify', 'orders/updated', order)[0]);
    const one = revision(shopifyOrder());
    expect(revision(shopifyOrder())).toBe(one);
    expect(revision(shopifyOrder({ shipping: 0 }))).not.toBe(one);
    expect(revision(shopifyOrder({}, { updated_at: '2026-03-14T11:15:03+01:00' }))).toBeGreaterThan(one);
  });
});

describe('a refund of Shopify', () => {
  it('brings back its lines, and what was paid beside them, the same alone as in its order', () => {
    const refund = shopifyRefund({
      goods: [{ item: mug, index: 0, quantity: 1, subtotal: 1_250 }],
      adjusted: 495,
      paid: 1_745,
    });
    const alone = told('shopify', 'refunds/create', refund);
    expect(alone).toMatchObject([
      {
        type: 'return.recorded',
        occurredAt: '2026-03-15T09:00:00+01:00',
        data: {
          terminal: 'shopify-refunds',
          receipt: '8001',
          sale: { store: 'web-nl', terminal: 'shopify', receipt: '4001' },
          lines: [{ sku: 'MUG', quantity: 1, unitPrice: 1_250, line: '9000' }],
          amount: 495,
        },
      },
    ]);
    expect(told('shopify', 'orders/updated', shopifyOrder({ refunds: [refund] })).slice(1)).toEqual(alone);
  });

  it('takes the tax on top back too, where that is what was paid', () => {
    const goods = [{ item: tea, index: 1, quantity: 3, subtotal: 899, tax: 57 }];
    const [back] = told('shopify', 'refunds/create', shopifyRefund({ goods, paid: 956 }));
    expect(paid(back)).toBe(956);
    expect(back?.data).not.toHaveProperty('amount');
  });

  it('of less than the goods cost counts what was paid', () => {
    const goods = [{ item: mug, index: 0, quantity: 2, subtotal: 2_500 }];
    const [back] = told('shopify', 'refunds/create', shopifyRefund({ goods, paid: 1_000 }));
    expect(paid(back)).toBe(1_000);
  });

  it('without goods is money alone', () => {
    const [back] = told('shopify', 'refunds/create', shopifyRefund({ paid: 500, adjusted: 500 }));
    expect(back?.data).toMatchObject({ amount: 500 });
    expect(back?.data).not.toHaveProperty('lines');
  });

  it.each([
    ['that failed', { kind: 'refund', status: 'failure' }],
    ['of an authorisation', { kind: 'void', status: 'success' }],
    ['of a test', { kind: 'refund', status: 'success', test: true }],
  ])('%s says nothing', (_what, payment) => {
    const transactions = [{ amount: '5.00', currency: 'EUR', ...payment }];
    expect(told('shopify', 'refunds/create', shopifyRefund({}, { transactions }))).toEqual([]);
  });
});

describe('a customer of Shopify', () => {
  const customer = {
    id: 77,
    email: 'ada@example.com',
    phone: '+31612345678',
    first_name: 'Ada',
    last_name: 'Vermeer',
    updated_at: '2026-03-14T11:15:02+01:00',
    default_address: { address1: 'Markt 1', city: 'Delft', zip: '2611 GP', country_code: 'NL' },
    email_marketing_consent: { state: 'subscribed', consent_updated_at: '2026-03-01T10:00:00Z' },
    sms_marketing_consent: { state: 'unsubscribed', consent_updated_at: '2026-03-02T10:00:00Z' },
  };

  it('tells name and address, and what they said of being written to, when they said it', () => {
    expect(told('shopify', 'customers/update', customer)).toMatchObject([
      { type: 'member.updated', data: { name: 'Ada Vermeer', address: { city: 'Delft' } } },
      {
        type: 'consent.changed',
        occurredAt: '2026-03-01T10:00:00Z',
        ids: { email: 'ada@example.com' },
        data: { channel: 'email', status: 'granted' },
      },
      {
        type: 'consent.changed',
        occurredAt: '2026-03-02T10:00:00Z',
        ids: { phone: '+31612345678' },
        data: { channel: 'sms', status: 'withdrawn' },
      },
    ]);
  });

  it('says the same of consent in the message that tells nothing else', () => {
    const { email_marketing_consent } = customer;
    const alone = { customer_id: 77, email_address: 'ada@example.com', email_marketing_consent };
    expect(told('shopify', 'customers_email_marketing_consent/update', alone)).toEqual(
      told('shopify', 'customers/update', customer).slice(1, 2),
    );
  });

  it.each(['not_subscribed', 'pending', 'invalid'])('who never decided says nothing: %s', (state) => {
    const email_marketing_consent = { state, consent_updated_at: '2026-03-01T10:00:00Z' };
    const events = told('shopify', 'customers/update', {
      ...customer,
      email_marketing_consent,
      sms_marketing_consent: null,
    });
    expect(events.map(({ type }) => type)).toEqual(['member.updated']);
  });
});

describe('a payment of Square', () => {
  const message = (object: object) => squareMessage('payment.updated', object);

  it('is its sum while the order is not known, and its lines once it is, in whatever order they come', () => {
    const [sum] = told('square', 'payment.updated', message({ payment: squarePayment({ total: 3_656 }) }));
    const [lines] = told(
      'square',
      'payment.updated',
      message({
        payment: squarePayment({ total: 3_656, tip: 200 }),
        order: squareOrder([mug, tea], 200),
        customer: { id: 'SQ-CUST-1', phone_number: '+31612345678' },
      }),
    );
    expect([paid(sum), paid(lines)]).toEqual([3_656, 3_656]);
    expect(sum?.data).toMatchObject({ terminal: 'square', receipt: 'pay-1', channel: 'store' });
    expect(lines).toMatchObject({ ids: { phone: '+31612345678' }, data: { receipt: 'pay-1' } });
    expect(revisionOf(lines)).toBeGreaterThan(revisionOf(sum));
  });

  it('keeps to its sum where the order was paid in several payments', () => {
    const order = { ...squareOrder([mug]), tenders: [{ id: 'a' }, { id: 'b' }] };
    const [sum] = told(
      'square',
      'payment.updated',
      message({ payment: squarePayment({ total: 1_000 }), order }),
    );
    expect(paid(sum)).toBe(1_000);
  });

  it.each(['APPROVED', 'PENDING', 'CANCELED', 'FAILED'])('says nothing while it is %s', (status) => {
    expect(told('square', 'payment.updated', message({ payment: squarePayment({}, { status }) }))).toEqual(
      [],
    );
  });

  it('is refused in other money, and where its sum is no whole number', () => {
    const payment = (total_money: object) => message({ payment: squarePayment({}, { total_money }) });
    expect(() => told('square', 'payment.updated', payment({ amount: 5, currency: 'USD' }))).toThrow(
      expect.objectContaining({ code: 'foreign-currency', path: 'payment.total_money.currency' }),
    );
    expect(() => told('square', 'payment.updated', payment({ amount: '5', currency: 'EUR' }))).toThrow(
      expect.objectContaining({ code: 'invalid-field', path: 'payment.total_money.amount' }),
    );
  });

  it('is refunded by money, once the refund is completed', () => {
    const refund = (status: string) =>
      told(
        'square',
        'refund.updated',
        squareMessage('refund.updated', { refund: squareRefund('r', 700, { status }) }),
      );
    expect(refund('PENDING')).toEqual([]);
    expect(refund('COMPLETED')).toMatchObject([
      { data: { receipt: 'r', sale: { terminal: 'square', receipt: 'pay-1' }, amount: 700 } },
    ]);
  });

  it('of nobody knows who left the e-mails', () => {
    const customer = {
      id: 'SQ-CUST-1',
      given_name: 'Ada',
      email_address: 'ada@example.com',
      birthday: '0000-05-17',
      updated_at: '2026-03-14T10:00:00Z',
      preferences: { email_unsubscribed: true },
    };
    const events = told('square', 'customer.updated', squareMessage('customer.updated', { customer }));
    expect(events).toMatchObject([{ data: { name: 'Ada' } }, { data: { status: 'withdrawn' } }]);
    expect(events[0]?.data).not.toHaveProperty('birthday');
  });
});

describe('an order of WooCommerce', () => {
  it('is the whole receipt, with tax, once it was paid', () => {
    const [placed] = told('woocommerce', 'order.updated', wooOrder({ items: [mug, tea] }));
    expect(placed).toMatchObject({
      type: 'receipt.corrected',
      occurredAt: '2026-03-14T10:15:00Z',
      ids: { email: 'ada@example.com', phone: '+31612345678' },
      data: { terminal: 'woocommerce', receipt: '727' },
    });
    expect(paid(placed)).toBe(2_500 + 999 - 100 + 57 + 495);
  });

  it.each(['pending', 'on-hold', 'failed', 'cancelled'])(
    'says nothing while it is not paid: %s',
    (status) => {
      expect(told('woocommerce', 'order.updated', wooOrder({}, { status, date_paid_gmt: null }))).toEqual([]);
    },
  );

  it('takes a fee below nothing for a discount, and rounds what the shop rounded', () => {
    expect(paid(told('woocommerce', 'order.updated', wooOrder({ fee: -500 }))[0])).toBe(2_500 + 495 - 500);
    const line = { ...wooOrder().line_items[0], subtotal: '20.661157', total: '20.661157' };
    const taxed = { ...line, subtotal_tax: '4.338843', total_tax: '4.338843' };
    const order = wooOrder({ shipping: 0 }, { line_items: [taxed, { ...taxed, id: 301 }], total: '49.99' });
    expect(paid(told('woocommerce', 'order.updated', order)[0])).toBe(4_999);
  });

  it('is refunded by lines and by money, as the shop tells when it is asked', () => {
    const goods = [{ item: mug, index: 0 }];
    const [back] = told('woocommerce', 'refund.created', wooRefund({ amount: 2_600, goods }));
    expect(back).toMatchObject({
      occurredAt: '2026-03-15T08:00:00Z',
      data: {
        receipt: '901',
        sale: { terminal: 'woocommerce', receipt: '727' },
        lines: [{ sku: 'MUG', quantity: 2, unitPrice: 1_250, line: '300' }],
        amount: 100,
      },
    });
  });
});

describe('the signature of a shop', () => {
  const body = '{"id":1,"name":"Zoë"}';
  const url = 'https://crm.example/v1/hooks/shop';
  const sign = (text: string) => createHmac('sha256', 'secret').update(text).digest('base64');

  it.each([
    ['shopify', 'x-shopify-hmac-sha256', body],
    ['woocommerce', 'x-wc-webhook-signature', body],
    ['square', 'x-square-hmacsha256-signature', url + body],
  ] as const)('of %s covers what it covers', (shop, header, text) => {
    const signed = shops[shop].signed({ headers: { [header]: sign(text) }, url, body });
    expect(signed.signature).toBe(sign(signed.text));
  });

  it('comes with a delivery and a topic that have names', () => {
    const message = JSON.stringify(squareMessage('payment.updated', {}));
    const headers = {
      'x-shopify-topic': 'orders/create',
      'x-shopify-webhook-id': 'a',
      'x-wc-webhook-topic': 'order.created',
      'x-wc-webhook-delivery-id': 'b',
    };
    const delivery = { headers, url, body: message };
    const named = Object.values(shops).map((shop) => [shop.topic(delivery), shop.deliveryId(delivery)]);
    expect(named).toEqual([
      ['orders/create', 'a'],
      ['payment.updated', 'event-of-payment.updated'],
      ['order.created', expect.stringMatching(/^b /)],
    ]);
    const ping = { headers: {}, url, body: 'webhook_id=7' };
    expect(Object.values(shops).map((shop) => shop.topic(ping))).toEqual([undefined, undefined, undefined]);
  });
});

describe('what nobody can have sent', () => {
  it('says nothing or is refused with its path, and never fails', () => {
    const topics = {
      shopify: ['orders/create', 'refunds/create', 'customers/update'],
      square: ['payment.updated', 'refund.updated', 'customer.updated'],
      woocommerce: ['order.created', 'refund.created', 'customer.updated'],
    } as const;
    const whole = { shopify: shopifyOrder(), square: squarePayment({}), woocommerce: wooOrder() };
    fc.assert(
      fc.property(
        fc.constantFrom('shopify' as const, 'square' as const, 'woocommerce' as const),
        fc.nat(2),
        fc.jsonValue(),
        fc.nat(40),
        (shop, topic, junk, at) => {
          const entries = Object.entries(whole[shop]);
          const broken = Object.fromEntries(
            entries.map((e, i) => (i === at % entries.length ? [e[0], junk] : e)),
          );
          for (const message of [junk, broken, squareMessage('x', { payment: broken, refund: broken })]) {
            try {
              shops[shop].translate(topics[shop][topic] ?? '', message, context);
            } catch (error) {
              expect(error).toMatchObject({ path: expect.any(String), code: expect.any(String) });
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
