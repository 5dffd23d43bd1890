import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldEvents } from '../../../../../shared/application/customers/fold-events.ts';
import { readStatus } from '../../../../../shared/application/customers/status.ts';
import { shops } from '../../../../../shared/domain/dialects/shops.ts';
import {
  type Item,
  shopifyOrder,
  shopifyRefund,
  shopifyTotal,
  squareMessage,
  squareOrder,
  squarePayment,
  squareRefund,
  wooOrder,
  wooRefund,
  wooTotal,
} from '../../../../builders/a-shop.ts';
import { type MemoryMachine, memoryMachine, submit, waiting } from '../../../../support/memory-machine.ts';

const context = { store: 'web-nl', currency: 'EUR', receivedAt: '2026-03-15T12:00:00.000Z' };

/** All that a shop ever says of one order, and what it has of the customer in the end. */
interface Story {
  readonly shop: keyof typeof shops;
  readonly messages: readonly (readonly [topic: string, message: unknown])[];
  readonly net: number;
}

const items = fc.uniqueArray(
  fc
    .record({
      sku: fc.constantFrom('TEA', 'MUG', 'POT', 'CAN'),
      price: fc.integer({ min: 1, max: 20_000 }),
      quantity: fc.integer({ min: 1, max: 4 }),
      off: fc.double({ min: 0, max: 1, noNaN: true }),
      tax: fc.integer({ min: 0, max: 500 }),
    })
    .map(
      ({ off, ...item }): Item => ({ ...item, discount: Math.floor(item.price * item.quantity * off * 0.9) }),
    ),
  { minLength: 1, maxLength: 4, selector: ({ sku }) => sku },
);

const shares = fc.array(fc.double({ min: 0, max: 0.45, noNaN: true }), { maxLength: 2 });
const shipping = fc.constantFrom(0, 495);

const paidOf = ({ price, quantity, discount = 0 }: Item): number => price * quantity - discount;

/** Lines come back whole, then parts of what is left as money. */
function refunds(
  of: readonly Item[],
  lines: number,
  worth: (item: Item) => number,
  total: number,
  parts: number[],
) {
  const goods = of.slice(0, lines);
  const back = goods.reduce((sum, item) => sum + worth(item), 0);
  const money = parts.map((part) => Math.floor((total - back) * part)).filter((amount) => amount > 0);
  return { goods, back, money, net: total - back - money.reduce((sum, amount) => sum + amount, 0) };
}

const shopifyStory = fc
  .tuple(items, shipping, fc.boolean(), fc.nat(2), shares)
  .map(([some, ship, taxesIncluded, lines, parts]): Story => {
    const order = { items: some, shipping: ship, taxesIncluded };
    const worth = (item: Item) => paidOf(item) + (taxesIncluded ? 0 : (item.tax ?? 0));
    const { goods, back, money, net } = refunds(some, lines, worth, shopifyTotal(order), parts);
    const all = [
      ...(back === 0
        ? []
        : [
            shopifyRefund({
              id: 8_001,
              paid: back,
              goods: goods.map((item, index) => ({
                item,
                index,
                quantity: item.quantity,
                subtotal: paidOf(item),
                tax: item.tax ?? 0,
              })),
            }),
          ]),
      ...money.map((paid, index) => shopifyRefund({ id: 8_100 + index, paid, adjusted: paid })),
    ];
    const at = (second: number) => ({ updated_at: `2026-03-14T11:20:0${second}+01:00` });
    return {
      shop: 'shopify',
      net,
      messages: [
        ['orders/create', shopifyOrder(order, { financial_status: 'pending', ...at(0) })],
        ['orders/create', shopifyOrder({ ...order, items: some.slice(0, 1) }, at(1))],
        ['orders/paid', shopifyOrder(order, at(2))],
        ...all.map((refund): [string, unknown] => ['refunds/create', refund]),
        ['orders/updated', shopifyOrder({ ...order, refunds: all.slice(0, 1) }, at(3))],
        ['orders/updated', shopifyOrder({ ...order, refunds: all }, at(4))],
      ],
    };
  });

const squareStory = fc.tuple(items, fc.constantFrom(0, 250), shares).map(([some, tip, parts]): Story => {
  const total = wooTotal({ items: some }) + tip;
  const { money, net } = refunds(some, 0, paidOf, total, parts);
  const told = (type: string, object: object): [string, unknown] => [type, squareMessage(type, object)];
  return {
    shop: 'square',
    net,
    messages: [
      told('payment.created', { payment: squarePayment({ total, tip }, { status: 'APPROVED' }) }),
      told('payment.updated', { payment: squarePayment({ total, tip }) }),
      told('payment.updated', { payment: squarePayment({ total, tip }), order: squareOrder(some, tip) }),
      ...money.flatMap((amount, index) => [
        told('refund.created', { refund: squareRefund(`r-${index}`, amount, { status: 'PENDING' }) }),
        told('refund.updated', { refund: squareRefund(`r-${index}`, amount) }),
      ]),
    ],
  };
});

const wooStory = fc.tuple(items, shipping, fc.nat(2), shares).map(([some, ship, lines, parts]): Story => {
  const order = { items: some, shipping: ship };
  const worth = (item: Item) => paidOf(item) + (item.tax ?? 0);
  const { goods, back, money, net } = refunds(some, lines, worth, wooTotal(order), parts);
  const line = goods.map((item, index) => ({ item, index }));
  return {
    shop: 'woocommerce',
    net,
    messages: [
      ['order.created', wooOrder(order, { status: 'pending', date_paid_gmt: null })],
      ['order.updated', wooOrder(order)],
      ['order.updated', wooOrder(order, { status: 'refunded', date_modified_gmt: '2026-03-15T08:00:01' })],
      ...(back === 0 ? [] : [['refund.created', wooRefund({ amount: back, goods: line })] as const]),
      ...money.map((amount, index) => ['refund.created', wooRefund({ id: 950 + index, amount })] as const),
    ],
  };
});

const tellings = fc.oneof(shopifyStory, squareStory, wooStory).chain((story) => {
  const twice = [...story.messages, ...story.messages];
  return fc.record({
    story: fc.constant(story),
    order: fc.shuffledSubarray(twice, { minLength: twice.length }),
  });
});

/** Each message by itself, as webhooks come. */
async function tellAll(machine: MemoryMachine, { shop }: Story, messages: Story['messages']) {
  for (const [topic, message] of messages) {
    const results = await submit(machine, ...shops[shop].translate(topic, message, context));
    expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
    await foldEvents(machine)(waiting(machine));
  }
  return readStatus(machine);
}

describe('all that a shop says of an order', () => {
  it('ends in the same state in any order and told twice, with what the shop has of it to the cent', async () => {
    await fc.assert(
      fc.asyncProperty(tellings, async ({ story, order }) => {
        const plain = await tellAll(memoryMachine(), story, story.messages);
        const wild = await tellAll(memoryMachine(), story, order);

        expect(wild).toEqual(plain);
        expect(plain.amounts['EUR']?.net).toBe(story.net);
      }),
      { numRuns: 100 },
    );
  });
});
