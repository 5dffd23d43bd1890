import type { RawEvent } from '../../import/raw-event.ts';
import type { Minor } from '../../kernel/money.ts';
import { quantityIn } from '../amounts.ts';
import { type Charge, takeOff } from '../charges.ts';
import { amountAt, refuseOtherMoney, textAt } from '../required.ts';
import { refunded } from '../shop-receipts.ts';
import { firstText, listIn, objectIn, type Told } from '../told.ts';
import type { ShopContext } from '../webhook.ts';
import { instantAt, withTax } from './money.ts';
import { skuOf } from './order.ts';

/**
 * A refund as the shop's interface tells it, with `order` and its currency beside it. The messages of an order name
 * its refunds too, but without their day and their lines, so they are left to this one.
 */
export function refundOf(message: Told, context: ShopContext): RawEvent[] {
  const { currency } = context;
  const refund = objectIn(message['refund']);
  refuseOtherMoney(firstText(message, 'currency') ?? currency, currency, 'currency');
  const paid = Math.abs(amountAt(refund, 'amount', currency, 'refund.amount'));
  const goods = goodsOf(refund, currency);
  const owed = goods.reduce<Minor>((sum, charge) => sum + charge.paid, 0);
  return refunded(
    {
      shop: 'woocommerce',
      refund: textAt(refund, 'id', 'refund.id'),
      order: textAt(message, 'order'),
      occurredAt: instantAt(refund, 'date_created_gmt'),
      charges: owed > paid ? takeOff(goods, owed - paid) : goods,
      beside: Math.max(paid - owed, 0),
      channel: 'web',
    },
    context,
  );
}

/** Quantities and amounts stand below 0. A line without a quantity gave money back and no goods. */
const goodsOf = (refund: Told, currency: string): Charge[] =>
  listIn(refund['line_items']).flatMap((told, index) => {
    const line = objectIn(told);
    const path = `refund.line_items.${index}.`;
    const quantity = Math.abs(quantityIn(line['quantity'], `${path}quantity`) ?? 0);
    const amount = Math.abs(withTax(line, 'total', 'total_tax', currency, path));
    if (quantity === 0) return [];
    return [{ sku: skuOf(line), quantity, gross: amount, paid: amount, line: soldAs(line) }];
  });

/** The line of the order, which a refund remembers among its notes. */
const soldAs = (line: Told): string | undefined =>
  listIn(line['meta_data'])
    .map(objectIn)
    .filter(({ key }) => key === '_refunded_item_id')
    .map((note) => firstText(note, 'value'))
    .find((id) => id !== undefined);
