import type { RawEvent } from '../../import/raw-event.ts';
import { InvalidInput } from '../../kernel/errors.ts';
import type { Minor } from '../../kernel/money.ts';
import { quantityIn } from '../amounts.ts';
import { type Charge, takeOff } from '../charges.ts';
import { amountAt, requireField, textAt, timeAt } from '../required.ts';
import { refunded } from '../shop-receipts.ts';
import { firstText, listIn, objectIn, type Told } from '../told.ts';
import type { ShopContext } from '../webhook.ts';
import { skuOf } from './lines.ts';
import { amountOf, type Money } from './money.ts';

/** Goods of a refund, by the line of the order that they were sold on. */
export interface Removed {
  readonly line: string | undefined;
  readonly quantity: number;
  readonly amount: Minor;
}

/** What a refund states: goods without and with the tax on top, what was adjusted, and what was paid back. */
interface Stated {
  readonly goods: readonly Charge[];
  readonly taxed: readonly Charge[];
  readonly adjusted: Minor;
}

const sumOf = (charges: readonly Charge[]): Minor => charges.reduce((sum, { paid }) => sum + paid, 0);

/** Each time that money was to go back. An authorisation that is let go was never money. */
const attemptsOf = (refund: Told): readonly Told[] =>
  listIn(refund['transactions'])
    .map(objectIn)
    .filter(({ kind }) => kind === 'refund');

/** Money that went back, or is on its way. */
const paymentsOf = (refund: Told): readonly Told[] =>
  attemptsOf(refund).filter(({ status }) => status !== 'failure' && status !== 'error');

const paidIn = (payments: readonly Told[], currency: string): Minor =>
  payments.reduce((sum, payment) => sum + amountAt(payment, 'amount', currency, 'transactions.amount'), 0);

function statedIn(refund: Told, money: Money): Stated {
  const read = (withTax: boolean): Charge[] =>
    listIn(refund['refund_line_items']).map((told, index) => {
      const item = objectIn(told);
      const path = `refund_line_items.${index}.`;
      const subtotal = amountOf(item, 'subtotal', money, path);
      const amount = subtotal + (withTax ? amountOf(item, 'total_tax', money, path) : 0);
      return {
        sku: skuOf(objectIn(item['line_item'])),
        quantity: quantityIn(item['quantity'], `${path}quantity`) ?? 1,
        gross: amount,
        paid: amount,
        line: firstText(item, 'line_item_id'),
      };
    });
  const adjusted = listIn(refund['order_adjustments']).reduce<Minor>((sum, told) => {
    const one = objectIn(told);
    const path = 'order_adjustments.';
    return sum + amountOf(one, 'amount', money, path) + amountOf(one, 'tax_amount', money, path);
  }, 0);
  return { goods: read(false), taxed: read(true), adjusted };
}

/** The reading of the taxes by which goods less adjustments are what was paid. */
const fitting = ({ goods, taxed, adjusted }: Stated, paid: Minor): 'goods' | 'taxed' | undefined =>
  (['goods', 'taxed'] as const).find((name) => sumOf({ goods, taxed }[name]) - adjusted === paid);

/** A refund does not say whether its prices hold the tax; only the order does. */
export function removedBy(refund: Told, money: Money, taxIsOnTop: boolean): readonly Removed[] {
  // Where paying back failed, the shop still has the money of goods that were paid for.
  if (attemptsOf(refund).length > 0) return [];
  const { goods, taxed, adjusted } = statedIn(refund, money);
  const charges = taxIsOnTop ? taxed : goods;
  // What is adjusted away is still in the shop's hands and comes back by a refund of its own.
  if (adjusted !== 0) return [];
  return charges.map(({ line, quantity, paid }) => ({ line, quantity, amount: paid }));
}

/** Money paid back, exact to the cent, for the goods that came back and beside them. */
export function refundOf(refund: Told, context: ShopContext, money?: Money): RawEvent[] {
  requireField(refund, 'transactions');
  const payments = paymentsOf(refund);
  if (payments.length === 0 || payments.some(({ test }) => test === true)) return [];
  const { charges, paid } = settled(refund, payments, money ?? { currency: context.currency, isShops: true });
  const owed = sumOf(charges);
  return refunded(
    {
      shop: 'shopify',
      refund: textAt(refund, 'id'),
      order: textAt(refund, 'order_id'),
      occurredAt: timeAt(refund, 'created_at', 'processed_at'),
      charges: owed > paid ? takeOff(charges, owed - paid) : charges,
      beside: Math.max(paid - owed, 0),
      channel: 'web',
    },
    context,
  );
}

/** Payments are stated in the customer's currency; where the stage has another one, the lines tell the amount. */
function settled(refund: Told, payments: readonly Told[], money: Money) {
  const [currency = money.currency, ...others] = new Set(
    payments.map((payment) => firstText(payment, 'currency') ?? money.currency),
  );
  if (others.length > 0) throw doesNotAddUp('transactions: were paid back in several currencies');
  const own = statedIn(refund, money);
  if (currency === money.currency) {
    const paid = paidIn(payments, currency);
    return { charges: own[fitting(own, paid) ?? 'goods'], paid };
  }
  const theirs = statedIn(refund, { currency, isShops: false });
  const reading = fitting(theirs, paidIn(payments, currency));
  if (reading === undefined)
    throw doesNotAddUp(
      'transactions: the goods and adjustments of the refund do not come to what was paid back, in another currency',
    );
  return { charges: own[reading], paid: sumOf(own[reading]) - own.adjusted };
}

const doesNotAddUp = (why: string): InvalidInput =>
  new InvalidInput('refund-does-not-add-up', 'transactions', `${why}; it was not counted`);
