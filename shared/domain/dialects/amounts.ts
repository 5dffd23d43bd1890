import { MOST_MINOR } from '../events/receipt.ts';
import { type DecimalFault, shiftedDecimal } from '../import/decimal.ts';
import { InvalidInput } from '../kernel/errors.ts';
import { minorDigits } from '../kernel/money.ts';

/** Digits that a binary number keeps for sure: 0.1 + 0.2 is 0.3 in them. */
const SURE_DIGITS = 15;

const decimalText = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' ? String(Number(value.toPrecision(SURE_DIGITS))) : undefined;
};

export const isSilent = (value: unknown): boolean => value === undefined || value === null || value === '';

/** A decimal number, its point moved so many places; undefined where nothing is said. */
function shifted(value: unknown, places: number): number | DecimalFault | undefined {
  if (isSilent(value)) return undefined;
  const text = decimalText(value);
  return text === undefined ? 'not-a-number' : shiftedDecimal(text, places);
}

/** A price in major units as minor ones, which may have decimals of their own: a tenth of a cent per litre. */
export function priceIn(value: unknown, currency: string, path: string): number | undefined {
  const price = shifted(value, minorDigits(currency));
  if (typeof price === 'string') throw unreadable(path, price, currency);
  if (price !== undefined && Math.abs(price) > MOST_MINOR) throw unreadable(path, 'too-large', currency);
  return price;
}

/** An amount in major units as whole minor ones. */
export function amountIn(value: unknown, currency: string, path: string): number | undefined {
  const amount = priceIn(value, currency, path);
  if (amount !== undefined && !Number.isInteger(amount))
    throw unreadable(path, 'too-many-decimals', currency);
  return amount;
}

export function quantityIn(value: unknown, path: string): number | undefined {
  const quantity = shifted(value, 0);
  if (typeof quantity !== 'string') return quantity;
  throw new InvalidInput('invalid-field', path, `${path}: takes a number with at most 4 decimals, such as 2`);
}

type Fault = DecimalFault | 'too-large';

const faults: Readonly<Record<Fault, string>> = {
  'not-a-number': 'is no number',
  'too-many-decimals': 'has too many decimals',
  'too-large': 'is beyond what can be counted',
};

function unreadable(path: string, fault: Fault, currency: string): InvalidInput {
  const places = minorDigits(currency);
  const example = places === 0 ? '1999' : `19.${'99'.padEnd(places, '0').slice(0, places)}`;
  return new InvalidInput(
    'invalid-field',
    path,
    `${path}: ${faults[fault]}; send it in ${currency} with a point, such as ${example}`,
  );
}
