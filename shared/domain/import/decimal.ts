export type DecimalMark = '.' | ',';

export type DecimalFault = 'not-a-number' | 'too-many-decimals';

/** Decimals kept of a quantity and of a minor unit, as in shared/domain/kernel/money.ts. */
const DECIMALS_KEPT = 4;

/**
 * A decimal number times ten to the power of `places`: '2.55' and 2 give 255. The point is moved in the
 * text, so no binary fraction comes in between. Thousands separators and exponents are no number here.
 */
export function shiftedDecimal(text: string, places: number, mark: DecimalMark = '.'): number | DecimalFault {
  const match = (mark === ',' ? COMMA : POINT).exec(text);
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  if (whole === '' && fraction === '') return 'not-a-number';
  const digits = whole + fraction.padEnd(places, '0');
  const point = whole.length + places;
  const rest = digits.slice(point).replace(/0+$/, '');
  if (rest.length > DECIMALS_KEPT) return 'too-many-decimals';
  // Adding 0 turns -0 into 0.
  return Number(`${sign}${digits.slice(0, point) || '0'}.${rest || '0'}`) + 0;
}

const POINT = /^([+-]?)(\d*)(?:\.(\d+))?$/;
const COMMA = /^([+-]?)(\d*)(?:,(\d+))?$/;
