import * as z from 'zod';
import { decimalsOf } from './currency.ts';

/** Minor units (cents, pence) of the stage's currency. Always a whole number, so that sums stay exact. */
export const Minor = z.int();
export type Minor = z.infer<typeof Minor>;

/** Decimals kept in quantities (grams of a kilogram) and in unit prices (a tenth of a cent per litre). */
const DECIMALS = 4;
const SCALE = 10 ** DECIMALS;

/** True where the value has no more decimals than line arithmetic keeps; 0.1 + 0.2 has one. */
export const fitsDecimals = (value: number): boolean =>
  Math.abs(Math.round(value * SCALE) / SCALE - value) <= Math.max(1e-9, 2 * Number.EPSILON * Math.abs(value));

/**
 * Quantity times unit price (minor units, up to four decimals), rounded half up to whole minor units.
 * Worked in integers: 0.1 + 0.2 never happens to money.
 */
export function lineAmount(quantity: number, unitPrice: number): Minor {
  const scaled = BigInt(Math.round(quantity * SCALE)) * BigInt(Math.round(unitPrice * SCALE));
  const unit = BigInt(SCALE) ** 2n;
  const half = scaled >= 0n ? unit / 2n : -unit / 2n;
  return Number((scaled + half) / unit);
}

/** A price as lines have it: one piece costs whole minor units, of several each may cost parts of one. */
export const unitPriceFor = (quantity: number, price: number): number =>
  quantity === 1 ? lineAmount(1, price) : price;

/** The number of decimals a currency is written with: 2 for GBP, 0 for JPY, 3 for KWD. */
export const minorDigits = (currency: string): number => decimalsOf(currency) ?? 2;

/** 974774793, 'GBP' → '9,747,747.93 GBP'. */
export const formatMoney = (minor: Minor, currency: string): string => {
  const digits = minorDigits(currency);
  return `${(minor / 10 ** digits).toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${currency}`;
};
