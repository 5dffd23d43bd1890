import { describe, expect, it } from 'vitest';
import { shopifyOrder, shopifyRefund } from '../../../../../builders/a-shop.ts';
import { linesOf, paid, told } from '../../../../../support/told-by-shop.ts';

const mug = { sku: 'MUG', price: 1_250, quantity: 2 };
const oneMug = { item: mug, index: 0, quantity: 1, subtotal: 1_250 };

const refunded = (refund: object) => told('shopify', 'refunds/create', refund);

/** A mug for 12.50 € that a customer abroad paid and got back in dollars. */
const abroad = (dollars: string) => {
  const refund = shopifyRefund({ goods: [oneMug] });
  const [goods] = refund.refund_line_items;
  const set = (shop: string, customer: string) => ({
    shop_money: { amount: shop, currency_code: 'EUR' },
    presentment_money: { amount: customer, currency_code: 'USD' },
  });
  return {
    ...refund,
    refund_line_items: [{ ...goods, subtotal_set: set('12.50', '14.00'), total_tax_set: set('0', '0') }],
    transactions: [{ kind: 'refund', status: 'success', amount: dollars, currency: 'USD' }],
  };
};

describe('a refund of Shopify that was paid in other money', () => {
  it('is counted in the money of the stage, by its goods', () => {
    const [back] = refunded(abroad('14.00'));
    expect(paid(back)).toBe(1_250);
    expect(back?.data).not.toHaveProperty('amount');
  });

  it('is refused where its goods do not come to what was paid back', () => {
    expect(() => refunded(abroad('13.99'))).toThrow(
      expect.objectContaining({ code: 'refund-does-not-add-up', path: 'transactions' }),
    );
  });
});

describe('a refund of Shopify that leaves things out', () => {
  it('is in the money of the stage where its payment names none, and one piece where it says no number', () => {
    const refund = shopifyRefund({ goods: [oneMug] });
    const refund_line_items = refund.refund_line_items.map(({ quantity: _untold, ...line }) => line);
    const transactions = [{ kind: 'refund', status: 'success', amount: '12.50' }];
    const [back] = refunded({ ...refund, refund_line_items, transactions });
    expect(linesOf(back)).toMatchObject([{ sku: 'MUG', quantity: 1, unitPrice: 1_250 }]);
    expect(paid(back)).toBe(1_250);
  });

  it.each([undefined, null, ''])(
    'is refused, alone and in its order, where a payment of it says %j for an amount',
    (amount) => {
      const transactions = [
        { kind: 'refund', status: 'success', amount: '5.00', currency: 'EUR' },
        { kind: 'refund', status: 'pending', amount, currency: 'EUR' },
      ];
      const refund = shopifyRefund({ goods: [oneMug] }, { transactions });
      const missing = expect.objectContaining({ code: 'invalid-field', path: 'transactions.amount' });
      expect(() => refunded(refund)).toThrow(missing);
      expect(() => told('shopify', 'orders/updated', shopifyOrder({ refunds: [refund] }))).toThrow(missing);
    },
  );

  it('is refused where it was paid back in several currencies, which make no sum', () => {
    const payment = { kind: 'refund', status: 'success', amount: '5.00' };
    const transactions = [
      { ...payment, currency: 'EUR' },
      { ...payment, currency: 'USD' },
    ];
    expect(() => refunded(shopifyRefund({}, { transactions }))).toThrow(
      expect.objectContaining({ code: 'refund-does-not-add-up', path: 'transactions' }),
    );
  });

  it('is refused without the list of its payments, which a refund always has', () => {
    expect(() => refunded(shopifyRefund({}, { transactions: undefined }))).toThrow(
      expect.objectContaining({ code: 'invalid-field', path: 'transactions' }),
    );
  });
});

describe('a refund of Shopify whose payment failed', () => {
  it.each(['failure', 'error'])('takes nothing back, and leaves the order as it was paid: %s', (status) => {
    const transactions = [{ kind: 'refund', status, amount: '12.50', currency: 'EUR' }];
    const refund = shopifyRefund({ goods: [oneMug] }, { transactions });

    const order = told('shopify', 'orders/updated', shopifyOrder({ items: [mug], refunds: [refund] }));

    expect(refunded(refund)).toEqual([]);
    expect(order).toHaveLength(1);
    expect(paid(order[0])).toBe(2_500 + 495);
  });
});

describe('goods that an edit took out of an order before they were paid', () => {
  const edited = (removal: Parameters<typeof shopifyRefund>[0], order = {}) => {
    const refunds = [shopifyRefund(removal)];
    return told('shopify', 'orders/updated', shopifyOrder({ ...order, refunds }))[0];
  };

  it('go with their tax, where the tax is on top of the prices', () => {
    const items = [{ ...mug, tax: 526 }];
    const goods = [{ ...oneMug, tax: 263 }];
    expect(paid(edited({ goods }, { items, taxesIncluded: false }))).toBe(1_250 + 263 + 495);
  });

  it('stay in the receipt while the shop still holds their money', () => {
    expect(paid(edited({ goods: [oneMug], adjusted: -1_250 }))).toBe(2_500 + 495);
  });

  it('leave a receipt of nothing where nothing else was in it', () => {
    const goods = [{ item: mug, index: 0, quantity: 2, subtotal: 2_500 }];
    const placed = edited({ goods }, { shipping: 0 });
    expect(paid(placed)).toBe(0);
    expect(linesOf(placed)).toMatchObject([{ sku: 'MUG' }]);
  });
});
