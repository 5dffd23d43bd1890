import { describe, expect, it } from 'vitest';
import { shops } from '../../../../../../shared/domain/dialects/shops.ts';
import { wooOrder, wooRefund } from '../../../../../builders/a-shop.ts';
import { linesOf, paid, told } from '../../../../../support/told-by-shop.ts';

const mug = { sku: 'MUG', price: 1_250, quantity: 2 };
const placed = (order: object) => told('woocommerce', 'order.created', order)[0];
const refunded = (refund: object) => told('woocommerce', 'refund.created', refund)[0];

describe('an order of WooCommerce', () => {
  it.each([
    ['its variation', { variation_id: 41, product_id: 40, name: 'Mug' }, '41'],
    ['its product, where it has no variations', { variation_id: 0, product_id: 40, name: 'Mug' }, '40'],
    ['its name, where the product is gone', { variation_id: 0, product_id: 0, name: 'Mug' }, 'Mug'],
    ['nothing, where it has no name either', { variation_id: 0, product_id: 0 }, 'unnamed'],
  ])('names an article without a number by %s', (_what, names, sku) => {
    const line_items = [{ id: 300, sku: '', total: '12.50', ...names }];
    const order = placed(wooOrder({ shipping: 0 }, { line_items, total: '12.50' }));
    expect(linesOf(order)).toMatchObject([{ sku, quantity: 1, unitPrice: 1_250 }]);
  });

  it('has a line of its own for a fee', () => {
    const order = placed(wooOrder({ fee: 150 }));
    expect(linesOf(order)).toContainEqual(expect.objectContaining({ sku: 'fees', unitPrice: 150 }));
    expect(paid(order)).toBe(2_500 + 495 + 150);
  });

  it('of free goods stays free, whatever is taken off', () => {
    const free = { items: [{ ...mug, price: 0 }], shipping: 0 };
    const fee_lines = [{ id: 32, name: 'Voucher', total: '-5.00', total_tax: '0.00' }];
    expect(paid(placed(wooOrder(free, { fee_lines })))).toBe(0);
  });

  it('is refused and not counted as free where it says no total', () => {
    expect(() => placed(wooOrder({}, { total: null }))).toThrow(
      expect.objectContaining({ code: 'order-does-not-add-up', path: 'total' }),
    );
  });

  it('is in the money of the stage where it names none', () => {
    expect(paid(placed(wooOrder({}, { currency: undefined })))).toBe(2_500 + 495);
    expect(paid(refunded({ ...wooRefund({ amount: 300 }), currency: undefined }))).toBe(300);
  });

  it('is refused without its number, naming the field', () => {
    expect(() => placed(wooOrder({}, { id: null }))).toThrow(
      expect.objectContaining({ code: 'invalid-field', path: 'id' }),
    );
  });

  it('is refused where the shop does not say whether it was paid', () => {
    expect(() => placed(wooOrder({}, { date_paid_gmt: undefined }))).toThrow(
      expect.objectContaining({ code: 'invalid-field', path: 'date_paid_gmt' }),
    );
    expect(placed(wooOrder({}, { date_paid_gmt: null }))).toBeUndefined();
  });

  it('is refused in other money, naming the way out', () => {
    expect(() => placed(wooOrder({}, { currency: 'USD' }))).toThrow(
      expect.objectContaining({ code: 'foreign-currency', path: 'currency' }),
    );
  });
});

describe('a refund of WooCommerce', () => {
  it('is refused, and brings no goods back for nothing, where it says no amount', () => {
    const { refund, ...message } = wooRefund({ amount: 1_000, goods: [{ item: mug, index: 0 }] });
    expect(() => refunded({ ...message, refund: { ...refund, amount: undefined } })).toThrow(
      expect.objectContaining({ code: 'invalid-field', path: 'refund.amount' }),
    );
  });

  it('of less than the goods cost counts what was paid', () => {
    const back = refunded(wooRefund({ amount: 1_000, goods: [{ item: mug, index: 0 }] }));
    expect(paid(back)).toBe(1_000);
    expect(linesOf(back)).toMatchObject([{ sku: 'MUG', quantity: 2 }]);
  });

  it.each([0, undefined])('of a line of %s pieces gives money back and no goods', (quantity) => {
    const told = wooRefund({ amount: 300, goods: [{ item: mug, index: 0 }] });
    const line_items = told.refund.line_items.map((line) => ({ ...line, quantity }));
    const back = refunded({ ...told, refund: { ...told.refund, line_items } });
    expect(back?.data).toMatchObject({ amount: 300 });
    expect(linesOf(back)).toEqual([]);
  });
});

describe('a message of WooCommerce', () => {
  it('makes a customer known with what they told, an address or not', () => {
    const customer = {
      id: 26,
      email: 'ada@example.com',
      first_name: 'Ada',
      date_created_gmt: '2026-03-14T10:00:00',
      billing: {},
    };
    const [known] = told('woocommerce', 'customer.created', customer);
    expect(known).toMatchObject({ type: 'member.updated', occurredAt: '2026-03-14T10:00:00Z' });
    expect(known?.data).toEqual({ name: 'Ada' });
  });

  it('takes name and address of a customer from their bill, where the account has none', () => {
    const customer = {
      id: 26,
      date_modified_gmt: '2026-03-14T10:00:00',
      billing: { first_name: 'Ada', email: 'ada@example.com', city: 'Delft' },
    };
    expect(told('woocommerce', 'customer.updated', customer)).toMatchObject([
      { ids: { email: 'ada@example.com' }, data: { name: 'Ada', address: { city: 'Delft' } } },
    ]);
  });

  it('says nothing of a customer who cannot be recognised anywhere else', () => {
    const customer = { id: 26, first_name: 'Ada', date_modified_gmt: '2026-03-14T10:00:00' };
    expect(told('woocommerce', 'customer.updated', customer)).toEqual([]);
  });

  it('that is an error of the shop waits with what to do, and is not taken for a message of nothing', () => {
    const error = {
      code: 'woocommerce_rest_cannot_view',
      message: 'Sorry, you cannot view this resource.',
      data: { status: 401 },
    };
    expect(() => told('woocommerce', 'order.updated', error)).toThrow(
      expect.objectContaining({
        code: 'shop-sent-an-error',
        path: 'code',
        message: expect.stringContaining('woocommerce_rest_cannot_view'),
      }),
    );
  });

  it('about something else says nothing, whatever it holds', () => {
    expect(told('woocommerce', 'coupon.created', wooOrder())).toEqual([]);
  });

  it('is known by its delivery and what it says: orders of one second share the name of their delivery', () => {
    const named = (body: string, name?: string) =>
      shops.woocommerce.deliveryId({
        headers: name === undefined ? {} : { 'x-wc-webhook-delivery-id': name },
        url: 'https://crm.example/v1/hooks/woo',
        body,
      });
    expect(named('{"id":1}', 'a-second')).toBe(named('{"id":1}', 'a-second'));
    expect(named('{"id":1}', 'a-second')).not.toBe(named('{"id":2}', 'a-second'));
    expect(named('{"id":1}', 'a-second')).not.toBe(named('{"id":1}', 'another'));
    expect([named('{"id":1}'), named('{"id":1}', ' ')]).toEqual([undefined, undefined]);
  });

  it('is a trial only where it is the number of a webhook, unsigned', () => {
    const isTrial = (body: string, headers = {}) =>
      shops.woocommerce.isTrial?.({ headers, url: 'https://crm.example/v1/hooks/woo', body });
    expect(isTrial('webhook_id=7')).toBe(true);
    expect(isTrial('webhook_id=7&order=1')).toBe(false);
    expect(isTrial('webhook_id=7', { 'x-wc-webhook-signature': 'c2lnbmVk' })).toBe(false);
  });
});
