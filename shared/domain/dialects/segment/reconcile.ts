import { InvalidInput } from '../../kernel/errors.ts';
import { formatMoney } from '../../kernel/money.ts';
import type { Sums } from './sums.ts';

/** What comes off the goods and what is added to them, so that the sum is what was paid. */
export interface Reconciled {
  readonly discount: number;
  readonly shipping: number;
  readonly tax: number;
}

const TOTALS = ['total', 'revenue', 'subtotal'] as const;

const discountIn = ({ discount = 0 }: Sums): number => Math.abs(discount);

const totalNamed = (sums: Sums) => TOTALS.find((sum) => sums[sum] !== undefined);

/** What the order comes to: as it says, or else with everything stated. */
function totalOf(goods: number, sums: Sums): number | undefined {
  const { shipping = 0, tax = 0 } = sums;
  const name = totalNamed(sums);
  return name === undefined ? goods - discountIn(sums) + shipping + tax : sums[name];
}

/**
 * Shops differ in what their prices hold: tax is on top or within, the discount is off already or not. The sum
 * that the order states decides it: the first reading that gives this sum to the cent is taken. The sum is
 * `total`, else `revenue`, else `subtotal`; where there is none, everything stated counts. Undefined where none fits.
 */
export function readingOf(goods: number, sums: Sums): Reconciled | undefined {
  const discount = discountIn(sums);
  const { shipping = 0, tax = 0 } = sums;
  const readings = [shipping, 0].flatMap((ship) =>
    [discount, 0].flatMap((off) => [tax, 0].map((on) => ({ discount: off, shipping: ship, tax: on }))),
  );
  const total = totalOf(goods, sums);
  return readings.find(
    (reading) =>
      reading.discount <= goods && goods - reading.discount + reading.shipping + reading.tax === total,
  );
}

/** The same for an order, which has to add up. Throws InvalidInput `order-does-not-add-up`. */
export function reconcile(goods: number, sums: Sums, currency: string): Reconciled {
  const fit = readingOf(goods, sums);
  if (fit !== undefined) return fit;
  const name = totalNamed(sums);
  const { shipping = 0, tax = 0 } = sums;
  const money = (amount: number) => formatMoney(amount, currency);
  throw new InvalidInput(
    'order-does-not-add-up',
    `properties.${name ?? 'discount'}`,
    `properties.${name ?? 'discount'}: the products are ${money(goods)}, discount ${money(discountIn(sums))}, shipping ${money(shipping)}, ` +
      `tax ${money(tax)}; no reading of them gives ${money(totalOf(goods, sums) ?? 0)}. Send price and quantity of every product as they were charged`,
  );
}
