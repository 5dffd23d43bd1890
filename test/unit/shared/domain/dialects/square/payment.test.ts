import { describe, expect, it } from 'vitest';
import { shops } from '../../../../../../shared/domain/dialects/shops.ts';
import { squareMessage, squareOrder, squarePayment, squareRefund } from '../../../../../builders/a-shop.ts';
import { linesOf, paid, told } from '../../../../../support/told-by-shop.ts';

const mug = { sku: 'MUG', price: 1_250, quantity: 2 };
const message = (topic: string, object: object) => told('square', topic, squareMessage(topic, object));

describe('a payment of Square', () => {
  it.each([
    ['ONLINE_STORE', 'web'],
    ['ECOMMERCE_API', 'web'],
    ['INVOICES', 'web'],
    ['SQUARE_POS', 'store'],
  ])('by %s is a sale of the %s', (square_product, channel) => {
    const payment = squarePayment({}, { application_details: { square_product } });
    expect(message('payment.created', { payment })[0]?.data).toMatchObject({ channel });
  });

  it('of another sum than its order keeps to its sum', () => {
    const payment = squarePayment({ total: 1_000 });
    const [sale] = message('payment.updated', { payment, order: squareOrder([mug]) });
    expect(linesOf(sale)).toMatchObject([{ sku: 'payment', unitPrice: 1_000 }]);
  });

  it('has a line for a service charge, and one piece of what has neither name nor number', () => {
    const total_money = { amount: 1_250, currency: 'EUR' };
    const order = {
      ...squareOrder([mug]),
      line_items: [{ uid: 'a', total_money }],
      service_charges: [{ total_money: { amount: 125, currency: 'EUR' } }],
      total_money: { amount: 1_375, currency: 'EUR' },
    };
    const [sale] = message('payment.updated', { payment: squarePayment({ total: 1_375 }), order });
    expect(linesOf(sale)).toMatchObject([
      { sku: 'unnamed', quantity: 1, unitPrice: 1_250 },
      { sku: 'service', unitPrice: 125 },
    ]);
    expect(paid(sale)).toBe(1_375);
  });
});

describe('a refund of Square', () => {
  it('for no payment that the shop knows is a return of its own', () => {
    const refund = squareRefund('r', 700, { payment_id: undefined });
    const [back] = message('refund.updated', { refund });
    expect(linesOf(back)).toEqual([{ sku: 'refund', quantity: 1, unitPrice: 700 }]);
    expect(back?.data).not.toHaveProperty('sale');
  });

  it('of nothing says nothing', () => {
    expect(message('refund.updated', { refund: squareRefund('r', 0) })).toEqual([]);
  });
});

describe('a customer of Square', () => {
  const customer = {
    id: 'SQ-CUST-1',
    given_name: 'Ada',
    email_address: 'ada@example.com',
    birthday: '1990-05-17',
    address: { address_line_1: 'Markt 1', locality: 'Delft', postal_code: '2611 GP', country: 'NL' },
    created_at: '2026-03-14T10:00:00Z',
  };

  it('is known by name, birthday and address, and agreed to nothing', () => {
    expect(message('customer.created', { customer })).toMatchObject([
      {
        type: 'member.updated',
        data: { name: 'Ada', birthday: '1990-05-17', address: { city: 'Delft', postcode: '2611 GP' } },
      },
    ]);
  });
});

describe('a message of Square that leaves out what it is about', () => {
  const without = (field: string, object: object) => ({ ...object, [field]: undefined });

  it.each([
    ['payment.id', { payment: without('id', squarePayment({})) }],
    ['payment.status', { payment: without('status', squarePayment({})) }],
    ['payment.total_money.amount', { payment: without('total_money', squarePayment({})) }],
    ['refund.id', { refund: without('id', squareRefund('r', 700)) }],
    ['refund.status', { refund: without('status', squareRefund('r', 700)) }],
    ['refund.amount_money.amount', { refund: squareRefund('r', 700, { amount_money: { currency: 'EUR' } }) }],
  ])('is refused, and counts no sale and no refund of nothing: %s', (path, object) => {
    const topic = `${path.split('.')[0]}.updated`;
    expect(() => message(topic, object)).toThrow(expect.objectContaining({ code: 'invalid-field', path }));
  });

  it('of a payment of nothing is a sale of nothing', () => {
    expect(paid(message('payment.updated', { payment: squarePayment({ total: 0 }) })[0])).toBe(0);
  });
});

describe('a message of Square', () => {
  it('about something else says nothing, whatever it holds', () => {
    const object = { payment: squarePayment({}), refund: squareRefund('r', 700) };
    expect(message('inventory.count.updated', object)).toEqual([]);
  });

  it('that cannot be read has no name, and breaks nothing', () => {
    const delivery = { headers: {}, url: 'https://crm.example/v1/hooks/square', body: '{"type":' };
    expect([shops.square.topic(delivery), shops.square.deliveryId(delivery)]).toEqual([undefined, undefined]);
  });
});
