import type { RawEvent } from '../../import/raw-event.ts';
import { quantityIn } from '../amounts.ts';
import { addUp, type Charge, extra } from '../charges.ts';
import { textAt, timeAt } from '../required.ts';
import { idsOf } from '../shop-people.ts';
import { orderAsItIs, refunded } from '../shop-receipts.ts';
import { firstText, listIn, objectIn, type Told } from '../told.ts';
import type { ShopContext } from '../webhook.ts';
import { moneyAt, moneyIn } from './money.ts';

/**
 * A payment that was taken is a sale. Its own messages know the sum alone; asked for, the shop tells the order and
 * the customer beside it. An order paid in several payments is counted payment by payment, without its lines.
 */
export function paymentOf(told: Told, context: ShopContext): RawEvent[] {
  const payment = objectIn(told['payment']);
  const receipt = textAt(payment, 'id', 'payment.id');
  if (textAt(payment, 'status', 'payment.status') !== 'COMPLETED') return [];
  const customer = objectIn(told['customer']);
  const total = moneyAt(payment, 'total_money', context.currency, 'payment.');
  const goods = goodsOf(objectIn(told['order']), total, context.currency);
  return [
    orderAsItIs(
      {
        shop: 'square',
        receipt,
        occurredAt: timeAt(payment, 'created_at'),
        changedAt: timeAt(payment, 'updated_at'),
        isSum: goods === undefined && told['customer'] === undefined,
        ids: idsOf(
          firstText(payment, 'buyer_email_address') ?? firstText(customer, 'email_address'),
          firstText(customer, 'phone_number'),
        ),
        channel: channelOf(payment),
        charges: goods ?? [{ sku: 'payment', quantity: 1, gross: total, paid: total }],
      },
      context,
    ),
  ];
}

/** A refund knows its payment and its sum, and no goods. Until it is completed it may fail. */
export function refundOf(told: Told, context: ShopContext): RawEvent[] {
  const refund = objectIn(told['refund']);
  const name = textAt(refund, 'id', 'refund.id');
  if (textAt(refund, 'status', 'refund.status') !== 'COMPLETED') return [];
  return refunded(
    {
      shop: 'square',
      refund: name,
      order: firstText(refund, 'payment_id'),
      occurredAt: timeAt(refund, 'created_at'),
      charges: [],
      beside: moneyAt(refund, 'amount_money', context.currency, 'refund.'),
      channel: 'store',
    },
    context,
  );
}

const ONLINE = ['ONLINE_STORE', 'ECOMMERCE_API', 'INVOICES'];

const channelOf = (payment: Told): 'store' | 'web' =>
  ONLINE.includes(firstText(objectIn(payment['application_details']), 'square_product') ?? '')
    ? 'web'
    : 'store';

/** The lines of an order that this payment paid, all of it and alone. */
function goodsOf(order: Told, paid: number, currency: string): Charge[] | undefined {
  const lines = listIn(order['line_items']);
  if (lines.length === 0 || listIn(order['tenders']).length !== 1) return undefined;
  const money = (told: Told, name: string, path: string) => moneyIn(told, name, currency, path);
  if (money(order, 'total_money', 'order.') + tipBeside(order, paid, currency) !== paid) return undefined;
  const goods = lines.map((told, index): Charge => {
    const line = objectIn(told);
    const path = `order.line_items.${index}.`;
    const own = money(line, 'total_money', path);
    return {
      sku: firstText(line, 'catalog_object_id', 'name') ?? 'unnamed',
      quantity: quantityIn(line['quantity'], `${path}quantity`) ?? 1,
      gross: own + money(line, 'total_discount_money', path),
      paid: own,
      line: firstText(line, 'uid'),
    };
  });
  const service = listIn(order['service_charges']).reduce<number>(
    (sum, told, index) => sum + money(objectIn(told), 'total_money', `order.service_charges.${index}.`),
    0,
  );
  return addUp(goods, [extra('service', service), extra('tip', money(order, 'total_tip_money', 'order.'))], {
    totals: [paid],
    currency,
    path: 'payment.total_money',
  });
}

/** A tip belongs to the payment; the total of an order holds it or not. */
const tipBeside = (order: Told, paid: number, currency: string): number => {
  const tip = moneyIn(order, 'total_tip_money', currency, 'order.');
  return moneyIn(order, 'total_money', currency, 'order.') + tip === paid ? tip : 0;
};
