import { paidFor } from '../../shared/domain/events/receipt.ts';
import type { Day } from '../../shared/domain/kernel/day.ts';
import { isSale, monthOf } from './demand.ts';
import { type Category, categories, type Good, goods, seasons } from './goods.ts';
import type { Random } from './random.ts';

/** A type and not an interface, so that it fits the open objects of events. */
export type BasketLine = {
  readonly sku: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly discount?: number;
  readonly category: Category;
};

export type Taste = Readonly<Record<Category, number>>;

/** Everybody's, on average. */
export const commonTaste: Taste = {
  milk: 1,
  nappies: 1,
  care: 1,
  clothes: 1.6,
  toys: 1.6,
  outdoor: 1,
  books: 0.8,
};

/** What somebody takes along on that day, `needed` first. */
export function basket(day: Day, taste: Taste, random: Random, needed?: Good): BasketLine[] {
  const month = monthOf(day);
  const more = random.poisson(month === 11 ? 1.8 : 1.1) + (needed === undefined ? 1 : 0);
  const wanted = Array.from({ length: more }, () => {
    const category = random.weighted(
      categories,
      (name) => taste[name] * commonTaste[name] * (seasons[name][month] ?? 1),
    );
    return random.pick(goods.filter((good) => good.category === category));
  });
  const taken = new Map<Good, number>();
  for (const good of needed === undefined ? wanted : [needed, ...wanted])
    taken.set(good, (taken.get(good) ?? 0) + 1);
  return [...taken].map(([good, times]) => line(good, times, day, random));
}

function line({ sku, price, category }: Good, times: number, day: Day, random: Random): BasketLine {
  const small = price < 1_500;
  const quantity = times + (small && random.chance(0.25) ? random.whole(1, 2) : 0);
  const reduced = isSale(day) ? random.chance(0.45) : random.chance(0.03);
  const discount = reduced ? Math.round(quantity * price * random.pick([0.1, 0.2, 0.25, 0.3])) : 0;
  return { sku, quantity, unitPrice: price, ...(discount === 0 ? {} : { discount }), category };
}

export const totalOf = (lines: readonly BasketLine[]): number =>
  lines.reduce(
    (sum, { quantity, unitPrice, discount = 0 }) => sum + paidFor({ quantity, unitPrice, discount }),
    0,
  );
