import type { RawEvent } from '../../import/raw-event.ts';
import type { Minor } from '../../kernel/money.ts';
import { addUp, type Charge } from '../charges.ts';
import { requireField, textAt, timeAt } from '../required.ts';
import { idsOf } from '../shop-people.ts';
import { orderAsItIs, orderVoided } from '../shop-receipts.ts';
import { firstText, listIn, objectIn, type Told } from '../told.ts';
import type { ShopContext } from '../webhook.ts';
import { feesOf, goodsOf, shippingOf } from './lines.ts';
import { amountOf, type Money, moneyOf } from './money.ts';
import { type Removed, refundOf, removedBy } from './refund.ts';

/** Paid, or sure to be: an authorisation is taken when the goods go out. An order that waits for money is no sale. */
const SOLD = ['authorized', 'partially_paid', 'paid', 'partially_refunded', 'refunded'];

/** The order as it is now, and all of its refunds. */
export function orderOf(order: Told, context: ShopContext): RawEvent[] {
  const receipt = textAt(order, 'id');
  requireField(order, 'financial_status');
  const status = firstText(order, 'financial_status') ?? '';
  // An authorisation that was let go may be followed by a payment, unless the order is cancelled too.
  const isVoided = status === 'voided' && firstText(order, 'cancelled_at') !== undefined;
  if (order['test'] === true || !(isVoided || SOLD.includes(status))) return [];
  const money = moneyOf(order, context.currency);
  const named = {
    shop: 'shopify',
    receipt,
    occurredAt: timeAt(order, 'processed_at', 'created_at'),
  } as const;
  const placed = orderAsItIs(
    {
      ...named,
      changedAt: timeAt(order, 'updated_at'),
      ids: buyerOf(order),
      channel: firstText(order, 'source_name') === 'pos' ? 'store' : 'web',
      charges: chargesOf(order, money, isVoided ? [] : removalsOf(order, money)),
    },
    context,
  );
  if (isVoided) return [placed, orderVoided(named, context)];
  return [
    placed,
    ...listIn(order['refunds']).flatMap((refund) => refundOf(objectIn(refund), context, money)),
  ];
}

function buyerOf(order: Told) {
  const customer = objectIn(order['customer']);
  return idsOf(
    firstText(order, 'email', 'contact_email') ?? firstText(customer, 'email'),
    firstText(order, 'phone') ??
      firstText(customer, 'phone') ??
      firstText(objectIn(order['billing_address']), 'phone'),
  );
}

function chargesOf(order: Told, money: Money, removals: readonly Removed[]): Charge[] {
  const goods = goodsOf(order, money);
  const left = withoutRemoved(goods, removals);
  const total = amountOf(order, 'total_price', money, '');
  const removed = paidIn(goods) - paidIn(left);
  const charges = addUp(left, [...shippingOf(order, money), ...feesOf(order, money)], {
    totals: [total - removed, total],
    currency: money.currency,
    path: 'total_price',
  });
  // A receipt has lines: an order of which nothing is left cost nothing.
  return charges.length > 0 ? charges : goods.map((charge) => ({ ...charge, paid: 0 }));
}

const paidIn = (charges: readonly Charge[]): Minor => charges.reduce((sum, { paid }) => sum + paid, 0);

/** What an edit took out before it was paid for: the shop keeps it in lines and total, beside a refund of nothing. */
const removalsOf = (order: Told, money: Money): readonly Removed[] =>
  listIn(order['refunds']).flatMap((refund) =>
    removedBy(objectIn(refund), money, order['taxes_included'] !== true),
  );

const withoutRemoved = (charges: readonly Charge[], removals: readonly Removed[]): Charge[] =>
  charges
    .map((charge) =>
      removals.filter(({ line }) => line === charge.line && line !== undefined).reduce(less, charge),
    )
    .filter(({ quantity }) => quantity > 0);

function less(charge: Charge, { quantity, amount }: Removed): Charge {
  const left = charge.quantity - quantity;
  const paid = Math.max(charge.paid - amount, 0);
  const gross = Math.max(Math.round((charge.gross * left) / charge.quantity), paid);
  return { ...charge, quantity: left, paid, gross };
}
