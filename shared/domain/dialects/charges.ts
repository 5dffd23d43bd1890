import { type Line, MOST_MINOR } from '../events/receipt.ts';
import { InvalidInput } from '../kernel/errors.ts';
import { formatMoney, lineAmount, type Minor } from '../kernel/money.ts';
import { spread } from './spread.ts';
import { stated } from './told.ts';

/** What a shop charged for one thing, with tax: before its discount, and what was paid. */
export interface Charge {
  readonly sku: string;
  readonly quantity: number;
  readonly gross: Minor;
  readonly paid: Minor;
  readonly category?: string | undefined;
  /** What the shop calls the line; a return names it so. */
  readonly line?: string | undefined;
}

const MOST_LABEL = 64;

/** Something that is no goods, such as shipping, in a line of its own. */
export const extra = (sku: string, amount: Minor): Charge => ({
  sku,
  quantity: 1,
  gross: amount,
  paid: amount,
  category: sku,
});

/** The charge as a line, which costs exactly what was paid. */
export function lineOf({ sku, quantity, gross, paid, category, line }: Charge): Line {
  const list = Math.max(gross, paid);
  // Shops state the amount of a line; a third of it may have no end, so it is rounded and the rest is discount.
  const near = Math.round((list / quantity) * 10_000) / 10_000;
  const unitPrice = lineAmount(quantity, near) >= paid ? near : Math.ceil(list / quantity);
  return {
    sku: sku.slice(0, MOST_LABEL),
    quantity,
    unitPrice,
    discount: lineAmount(quantity, unitPrice) - paid,
    ...stated({ category: category?.slice(0, MOST_LABEL), line: line?.slice(0, MOST_LABEL) }),
  };
}

const sumOf = (charges: readonly Charge[]): Minor => charges.reduce((sum, { paid }) => sum + paid, 0);

/** Takes an amount off what was paid, in proportion. */
export function takeOff(charges: readonly Charge[], amount: Minor): Charge[] {
  return spread(amount, charges, ({ paid }) => paid).map(([charge, share]) => ({
    ...charge,
    paid: charge.paid - share,
  }));
}

interface Total {
  /** What it may come to; where a shop may mean several things by its total, all of them. */
  readonly totals: readonly [Minor, ...Minor[]];
  readonly currency: string;
  /** Where the message says the total. */
  readonly path: string;
}

/**
 * The charges that give the total that the shop states, to the cent. Not every shop counts everything it states
 * beside the goods into its total: the reading with the most of `beside` that fits is taken. Taxes that are
 * rounded line by line may miss the total by a cent a line; that becomes a line, or a discount.
 * Throws InvalidInput `order-does-not-add-up`.
 */
export function addUp(goods: readonly Charge[], beside: readonly Charge[], told: Total): Charge[] {
  const readings = subsetsOf(beside.filter(({ paid }) => paid !== 0)).map((some) => [...goods, ...some]);
  const within = (cents: (charges: readonly Charge[]) => number) =>
    told.totals
      .flatMap((total) => readings.map((charges) => ({ charges, off: total - sumOf(charges) })))
      .find(({ charges, off }) => Math.abs(off) <= cents(charges));
  const read = within(() => 0) ?? within(({ length }) => length);
  if (read === undefined) throw doesNotAddUp(sumOf([...goods, ...beside]), told);
  const { charges, off } = read;
  if (off > 0) return [...charges, extra('rounding', off)];
  return off < 0 ? takeOff(charges, -off) : charges;
}

/** The largest first. */
function subsetsOf(items: readonly Charge[]): Charge[][] {
  const [first, ...others] = items;
  if (first === undefined) return [[]];
  const rest = subsetsOf(others);
  return [...rest.map((set) => [first, ...set]), ...rest].sort((a, b) => b.length - a.length);
}

function doesNotAddUp(sum: Minor, { totals: [total], currency, path }: Total): InvalidInput {
  return new InvalidInput(
    'order-does-not-add-up',
    path,
    `${path}: the lines, shipping and taxes of the order come to ${formatMoney(sum, currency)}, ` +
      `the order says ${formatMoney(total, currency)}; it was not counted`,
  );
}

/** Refused before sums are made of it that a number cannot hold. */
export function bounded(amount: Minor, path: string): Minor {
  if (Math.abs(amount) <= MOST_MINOR) return amount;
  throw new InvalidInput('invalid-field', path, `${path}: is beyond what can be counted`);
}
