import type { Minor } from '../../kernel/money.ts';
import { priceIn } from '../amounts.ts';
import { timeAt } from '../required.ts';
import { listIn, objectIn, type Told } from '../told.ts';

/**
 * Amounts stand without their tax, the tax beside them. They may have more decimals than the currency; the total of
 * the order is what was paid, so each is rounded and the order says what is left over.
 */
export const withTax = (told: Told, name: string, tax: string, currency: string, path: string): Minor =>
  Math.round(
    (priceIn(told[name], currency, `${path}${name}`) ?? 0) +
      (priceIn(told[tax], currency, `${path}${tax}`) ?? 0),
  );

/** What all lines of a kind come to, such as shipping_lines. */
export const sumOfLines = (order: Told, kind: string, currency: string): Minor =>
  listIn(order[kind]).reduce<Minor>(
    (sum, told, index) => sum + withTax(objectIn(told), 'total', 'total_tax', currency, `${kind}.${index}.`),
    0,
  );

/** The first of these instants that is told. WooCommerce writes UTC without saying so. */
export const instantAt = (told: Told, ...names: readonly [string, ...string[]]): string =>
  timeAt(Object.fromEntries(names.map((name) => [name, utc(told[name])])), ...names);

const utc = (value: unknown): unknown =>
  typeof value === 'string' && !/(?:Z|[+-]\d\d:\d\d)$/.test(value) ? `${value}Z` : value;
