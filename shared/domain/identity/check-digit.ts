import type { Numbering } from './settings.ts';

/** What is wrong with a number that the retailer gave out; undefined where nothing is. */
export function numberingFault(value: string, { check, length }: Numbering): string | undefined {
  if (length !== undefined && value.length !== length)
    return `has ${value.length} characters instead of ${length}`;
  if (check === 'none') return undefined;
  if (!/^\d{2,}$/.test(value)) return 'has other characters than digits';
  if (check === 'ean13' && value.length !== 13) return `has ${value.length} digits instead of 13`;
  const sum = weighted(value, check === 'luhn' ? doubled : (digit) => digit * 3);
  return sum % 10 === 0 ? undefined : 'fails its check digit; it was mistyped or misread';
}

/** From the right, every second digit weighs more. */
const weighted = (digits: string, weigh: (digit: number) => number): number =>
  [...digits]
    .reverse()
    .map(Number)
    .reduce((sum, digit, index) => sum + (index % 2 === 0 ? digit : weigh(digit)), 0);

const doubled = (digit: number): number => (digit < 5 ? digit * 2 : digit * 2 - 9);
