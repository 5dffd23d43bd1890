import type { RawEvent } from '../../import/raw-event.ts';
import { amountIn, quantityIn } from '../amounts.ts';
import { addUp, type Charge, extra, takeOff } from '../charges.ts';
import { refuseOtherMoney, requireField, textAt } from '../required.ts';
import { idsOf } from '../shop-people.ts';
import { orderAsItIs } from '../shop-receipts.ts';
import { firstText, listIn, objectIn, type Told } from '../told.ts';
import type { ShopContext } from '../webhook.ts';
import { instantAt, sumOfLines, withTax } from './money.ts';

/**
 * An order counts once it was paid, and stays: what goes back afterwards is told by refunds. One that was cancelled
 * or failed before was never money.
 */
export function orderOf(order: Told, context: ShopContext): RawEvent[] {
  const receipt = textAt(order, 'id');
  requireField(order, 'date_paid_gmt');
  if (firstText(order, 'date_paid_gmt') === undefined) return [];
  const { currency } = context;
  refuseOtherMoney(firstText(order, 'currency') ?? currency, currency, 'currency');
  const billing = objectIn(order['billing']);
  return [
    orderAsItIs(
      {
        shop: 'woocommerce',
        receipt,
        occurredAt: instantAt(order, 'date_created_gmt'),
        changedAt: instantAt(order, 'date_modified_gmt'),
        ids: idsOf(firstText(billing, 'email'), firstText(billing, 'phone')),
        channel: 'web',
        charges: chargesOf(order, currency),
      },
      context,
    ),
  ];
}

function chargesOf(order: Told, currency: string): Charge[] {
  const shipping = extra('shipping', sumOfLines(order, 'shipping_lines', currency));
  const fees = sumOfLines(order, 'fee_lines', currency);
  const goods = goodsOf(order, currency);
  const beside = [shipping, ...(fees > 0 ? [extra('fees', fees)] : [])];
  return addUp(fees < 0 ? takeOff(goods, Math.min(-fees, paidIn(goods))) : goods, beside, {
    totals: [amountIn(order['total'], currency, 'total') ?? 0],
    currency,
    path: 'total',
  });
}

const paidIn = (charges: readonly Charge[]): number => charges.reduce((sum, { paid }) => sum + paid, 0);

const goodsOf = (order: Told, currency: string): Charge[] =>
  listIn(order['line_items']).map((told, index) => {
    const line = objectIn(told);
    const path = `line_items.${index}.`;
    return {
      sku: skuOf(line),
      quantity: quantityIn(line['quantity'], `${path}quantity`) ?? 1,
      gross: withTax(line, 'subtotal', 'subtotal_tax', currency, path),
      paid: withTax(line, 'total', 'total_tax', currency, path),
      line: firstText(line, 'id'),
    };
  });

/** 0 stands for no variation, and for a product that is gone. */
export const skuOf = (line: Told): string =>
  firstText(line, 'sku') ??
  ['variation_id', 'product_id']
    .map((name) => firstText(line, name))
    .find((id) => id !== undefined && id !== '0') ??
  firstText(line, 'name') ??
  'unnamed';
