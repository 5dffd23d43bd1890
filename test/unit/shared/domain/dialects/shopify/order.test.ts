import { describe, expect, it } from 'vitest';
import { shopifyOrder } from '../../../../../builders/a-shop.ts';
import { linesOf, paid, told } from '../../../../../support/told-by-shop.ts';

const placed = (order: object) => told('shopify', 'orders/create', order)[0];

describe('an order of Shopify', () => {
  it('at the till is a sale of the store', () => {
    expect(placed(shopifyOrder({}, { source_name: 'pos' }))?.data).toMatchObject({ channel: 'store' });
  });

  it('without an address of its own is the customer’s, by what the shop knows of them', () => {
    const customer = { id: 77, email: 'ada@example.com', phone: '+31687654321' };
    const order = shopifyOrder({}, { email: null, contact_email: '', customer });
    expect(placed(order)).toMatchObject({ ids: { email: 'ada@example.com', phone: '+31687654321' } });
  });

  it('that says no currency is in the money of the stage', () => {
    expect(paid(placed(shopifyOrder({}, { currency: undefined })))).toBe(2_500 + 495);
  });

  it.each(['id', 'financial_status'])(
    'of which the shop sends no %s is refused, not passed over',
    (field) => {
      expect(() => placed(shopifyOrder({}, { [field]: undefined }))).toThrow(
        expect.objectContaining({ code: 'invalid-field', path: field }),
      );
    },
  );

  it('tells gift cards from goods, and names what has lost every name', () => {
    const [line] = shopifyOrder().line_items;
    const { id, price, price_set } = line ?? {};
    const card = { ...line, id: 9_001, gift_card: true };
    const order = shopifyOrder(
      { shipping: 0 },
      { line_items: [{ id, price, price_set }, card], total_price: '37.50', total_price_set: {} },
    );
    expect(linesOf(placed(order))).toMatchObject([
      { sku: 'unnamed', quantity: 1, unitPrice: 1_250 },
      { sku: 'MUG', quantity: 2, category: 'gift-card' },
    ]);
    expect(paid(placed(order))).toBe(3_750);
  });

  it('is refused where a price stands in other money than the order, naming the price', () => {
    const [line] = shopifyOrder().line_items;
    const dollars = { shop_money: { amount: '12.50', currency_code: 'USD' } };
    expect(() => placed(shopifyOrder({}, { line_items: [{ ...line, price_set: dollars }] }))).toThrow(
      expect.objectContaining({
        code: 'foreign-currency',
        path: 'line_items.0.price_set.shop_money.currency_code',
      }),
    );
  });

  it('is refused and not counted as free where its total holds no amount', () => {
    const total_price_set = { shop_money: { currency_code: 'EUR' } };
    expect(() => placed(shopifyOrder({}, { total_price_set }))).toThrow(
      expect.objectContaining({ code: 'order-does-not-add-up', path: 'total_price' }),
    );
  });

  it.each([
    ['no number', { quantity: 'two' }, 'line_items.0.quantity'],
    ['a price that nothing can hold', { quantity: 10 ** 12 }, 'line_items.0.price'],
  ])('is refused with %s, naming the field', (_what, change, path) => {
    const [line] = shopifyOrder().line_items;
    expect(() => placed(shopifyOrder({}, { line_items: [{ ...line, ...change }] }))).toThrow(
      expect.objectContaining({ code: 'invalid-field', path }),
    );
  });
});

describe('a message of Shopify', () => {
  it('about consent to text messages says it of the phone', () => {
    const sms_marketing_consent = { state: 'subscribed', consent_updated_at: '2026-03-01T10:00:00Z' };
    const message = { customer_id: 77, phone: '+31612345678', sms_marketing_consent };
    expect(told('shopify', 'customers_marketing_consent/update', message)).toMatchObject([
      { ids: { phone: '+31612345678' }, data: { channel: 'sms', status: 'granted' } },
    ]);
  });

  it('about consent says nothing where the address is not told', () => {
    const sms_marketing_consent = { state: 'subscribed', consent_updated_at: '2026-03-01T10:00:00Z' };
    const message = { customer_id: 77, sms_marketing_consent };
    expect(told('shopify', 'customers_marketing_consent/update', message)).toEqual([]);
  });

  it('makes a customer known as soon as they sign up', () => {
    const customer = { id: 77, email: 'ada@example.com', updated_at: '2026-03-14T11:15:02+01:00' };
    expect(told('shopify', 'customers/create', customer)).toMatchObject([
      { type: 'member.updated', ids: { email: 'ada@example.com' } },
    ]);
  });

  it('about something else says nothing, whatever it holds', () => {
    expect(told('shopify', 'carts/update', shopifyOrder())).toEqual([]);
  });
});
