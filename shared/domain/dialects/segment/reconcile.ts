import { InvalidInput } from '../../kernel/errors.ts';
import { formatMoney } from '../../kernel/money.ts';
import type { Sums } from './sums.ts';

/** What comes off the goods and what is added to them, so that the sum is what was paid. */
export interface Reconciled {
  readonly discount: number;
  readonly shipping: number;
  readonly tax: number;
}

/**
 * Shops differ in what their prices hold: tax is on top or within, the discount is off already or not. The sum
 * that the order states decides it: the first reading that gives this sum to the cent is taken. The sum is
 * `total`, else `revenue`, else `subtotal`; where there is none, everything stated counts.
 * Throws InvalidInput `order-does-not-add-up`.
 */
export function reconcile(goods: number, sums: Sums, currency: string): Reconciled {
  const discount = Math.abs(sums.discount ?? 0);
  const { shipping = 0, tax = 0 } = sums;
  const readings = [shipping, 0].flatMap((ship) =>
    [discount, 0].flatMap((off) => [tax, 0].map((on) => ({ discount: off, shipping: ship, tax: on }))),
  );
  const name = (['total', 'revenue', 'subtotal'] as const).find((sum) => sums[sum] !== undefined);
  const stated = name === undefined ? goods - discount + shipping + tax : sums[name];
  const fit = readings.find(
    (reading) =>
      reading.discount <= goods && goods - reading.discount + reading.shipping + reading.tax === stated,
  );
  if (fit !== undefined) return fit;
  const money = (amount: number) => formatMoney(amount, currency);
  throw new InvalidInput(
    'order-does-not-add-up',
    `properties.${name ?? 'discount'}`,
    `properties.${name ?? 'discount'}: the products are ${money(goods)}, discount ${money(discount)}, shipping ${money(shipping)}, ` +
      `tax ${money(tax)}; no reading of them gives ${money(stated ?? 0)}. Send price and quantity of every product as they were charged`,
  );
}
