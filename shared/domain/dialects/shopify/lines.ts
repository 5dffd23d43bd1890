import type { Minor } from '../../kernel/money.ts';
import { quantityIn } from '../amounts.ts';
import { bounded, type Charge, extra } from '../charges.ts';
import { firstText, listIn, objectIn, type Told } from '../told.ts';
import { amountOf, type Money } from './money.ts';

const sumOf = (items: readonly unknown[], amount: (item: Told) => Minor): Minor =>
  items.reduce<Minor>((sum, item) => sum + amount(objectIn(item)), 0);

/** The shop's article number where there is one. Products may be deleted, so their name is the last resort. */
export const skuOf = (line: Told): string =>
  firstText(line, 'sku', 'variant_id', 'product_id', 'title', 'name') ?? 'unnamed';

/** What was ordered, with tax, whether the prices hold it or not. */
export function goodsOf(order: Told, money: Money): Charge[] {
  const taxIsOnTop = order['taxes_included'] !== true;
  return listIn(order['line_items']).map((told, index) => {
    const line = objectIn(told);
    const path = `line_items.${index}.`;
    const quantity = quantityIn(line['quantity'], `${path}quantity`) ?? 1;
    const tax = taxIsOnTop ? taxOf(line, money, path) : 0;
    const gross = bounded(amountOf(line, 'price', money, path) * quantity, `${path}price`) + tax;
    const id = firstText(line, 'id');
    const category = line['gift_card'] === true ? 'gift-card' : undefined;
    return {
      sku: skuOf(line),
      quantity,
      gross,
      paid: gross - discountOf(line, money, path),
      line: id,
      category,
    };
  });
}

const taxOf = (told: Told, money: Money, path: string): Minor =>
  sumOf(listIn(told['tax_lines']), (tax) => amountOf(tax, 'price', money, `${path}tax_lines.`));

/** The share of every discount, of codes for the whole order too. */
const discountOf = (told: Told, money: Money, path: string): Minor =>
  sumOf(listIn(told['discount_allocations']), (one) =>
    amountOf(one, 'amount', money, `${path}discount_allocations.`),
  );

/** Shipping is sold too: it stands in a line of its own. */
export function shippingOf(order: Told, money: Money): Charge[] {
  const taxIsOnTop = order['taxes_included'] !== true;
  const amounts = listIn(order['shipping_lines']).map((told, index) => {
    const line = objectIn(told);
    const path = `shipping_lines.${index}.`;
    const off = discountOf(line, money, path);
    const tax = taxIsOnTop ? taxOf(line, money, path) : 0;
    return {
      amount: amountOf(line, 'price', money, path) - off + tax,
      isRemoved: line['is_removed'] === true,
    };
  });
  const total = (isRemoved: boolean) =>
    amounts.reduce((sum, one) => (one.isRemoved === isRemoved ? sum + one.amount : sum), 0);
  return [extra('shipping', total(false)), extra('shipping', total(true))];
}

/** What an order may hold beside goods and shipping. A tip at the till is a line of the order already. */
export const feesOf = (order: Told, money: Money): Charge[] => [
  extra('tip', amountOf(order, 'total_tip_received', money, '')),
  extra('duties', amountOf(order, 'original_total_duties', money, '')),
  extra('fees', amountOf(order, 'original_total_additional_fees', money, '')),
];
