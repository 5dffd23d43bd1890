import type { Line } from '../events/receipt.ts';
import { paidFor } from '../events/receipt.ts';
import type { Minor } from '../kernel/money.ts';

/** A line as it was sold. `left` is what no return has undone yet; quantities are whole ten-thousandths. */
export interface Lot<Place> {
  readonly place: Place;
  readonly line: Line;
  left: { quantity: number; paid: Minor; discount: Minor };
}

/** What one line of a return undoes of one lot. */
export interface Undone<Place> {
  readonly place: Place;
  readonly category: string | undefined;
  readonly units: number;
  readonly paid: Minor;
  readonly discount: Minor;
}

/** What a line of a return asks for beyond what is left of the sale. */
export interface Excess {
  /** None where the whole sale came back. */
  readonly sku?: string;
  readonly units: number;
  readonly amount: Minor;
}

const UNIT = 10_000;

const wholeOf = (quantity: number): number => Math.round(quantity * UNIT);

export const lotOf = <Place>(place: Place, line: Line): Lot<Place> => ({
  place,
  line,
  left: { quantity: wholeOf(line.quantity), paid: paidFor(line), discount: line.discount },
});

/**
 * Takes a returned line out of the lots of its sku, in their order, but first out of the line that it names. Neither
 * more goods than are left nor more money, over these lots together: of a sku sold at two prices nobody says which
 * piece came back.
 */
export function allot<Place>(
  lots: readonly Lot<Place>[],
  returned: Line,
): { readonly undone: readonly Undone<Place>[]; readonly excess: Excess | undefined } {
  const own = lotsFor(lots, returned);
  const asked = wholeOf(returned.quantity);
  const taken = Math.min(
    asked,
    sumOf(own, ({ left }) => left.quantity),
  );
  const due = shareOf(paidFor(returned), taken, asked);
  const paid = Math.min(
    due,
    sumOf(own, ({ left }) => left.paid),
  );
  const undone = takeOut(own, taken, paid);
  const excess = { sku: returned.sku, units: (asked - taken) / UNIT, amount: paidFor(returned) - paid };
  return { undone, excess: excess.units > 0 || excess.amount > 0 ? excess : undefined };
}

/** Takes out all goods that are left, and all money; or so much of it as was paid out for them. */
export function allotAll<Place>(
  lots: readonly Lot<Place>[],
  amount: Minor | undefined,
): { readonly undone: readonly Undone<Place>[]; readonly excess: Excess | undefined } {
  const left = sumOf(lots, ({ left: { paid } }) => paid);
  const due = amount ?? left;
  const pieces = sumOf(lots, ({ left: { quantity } }) => quantity);
  const undone = takeOut(lots, pieces, Math.min(due, left));
  return { undone, excess: due > left ? { units: 0, amount: due - left } : undefined };
}

/** Takes out money and no goods. */
export function allotMoney<Place>(
  lots: readonly Lot<Place>[],
  amount: Minor,
): { readonly undone: readonly Undone<Place>[]; readonly excess: Excess | undefined } {
  const left = sumOf(lots, ({ left: { paid } }) => paid);
  const undone = takeOut(lots, 0, Math.min(amount, left));
  return { undone, excess: amount > left ? { units: 0, amount: amount - left } : undefined };
}

/** Money goes out of the lots whose goods do, and what they do not have out of their neighbours. */
function takeOut<Place>(lots: readonly Lot<Place>[], quantity: number, paid: Minor): Undone<Place>[] {
  let goods = quantity;
  let money = paid;
  const taken = lots.map(({ left }) => {
    const units = Math.min(goods, left.quantity);
    const amount = units === 0 ? 0 : Math.min(money, left.paid);
    goods -= units;
    money -= amount;
    return { units, amount };
  });
  return lots.flatMap((lot, index) => {
    const { units = 0, amount = 0 } = taken[index] ?? {};
    const rest = Math.min(money, lot.left.paid - amount);
    money -= rest;
    const undone = undo(lot, units, amount + rest);
    return units === 0 && undone.paid === 0 ? [] : [undone];
  });
}

/** The discount of a line goes with its goods, the last piece with all that is left of it. */
function undo<Place>(lot: Lot<Place>, quantity: number, paid: Minor): Undone<Place> {
  const { left, place, line } = lot;
  const discount = shareOf(left.discount, quantity, left.quantity);
  lot.left = {
    quantity: left.quantity - quantity,
    paid: left.paid - paid,
    discount: left.discount - discount,
  };
  return { place, category: line.category, units: quantity / UNIT, paid, discount };
}

/** The line that is named comes first; where it has too little left, its sku is what counts. */
function lotsFor<Place>(lots: readonly Lot<Place>[], { sku, line }: Line): readonly Lot<Place>[] {
  const ofSku = lots.filter((lot) => lot.line.sku === sku);
  if (line === undefined) return ofSku;
  const isNamed = (lot: Lot<Place>): boolean => String(lot.line.line) === String(line);
  return [...ofSku.filter(isNamed), ...ofSku.filter((lot) => !isNamed(lot))];
}

const sumOf = <T>(items: readonly T[], amount: (item: T) => number): number =>
  items.reduce((sum, item) => sum + amount(item), 0);

/** `amount` times part over whole, rounded half up; worked in integers. */
function shareOf(amount: Minor, part: number, whole: number): Minor {
  if (part === whole) return amount;
  const [a, p, w] = [BigInt(amount), BigInt(part), BigInt(whole)];
  return Number((2n * a * p + w) / (2n * w));
}
