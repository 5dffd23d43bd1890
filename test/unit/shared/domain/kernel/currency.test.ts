import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyFault, decimalsOf } from '../../../../../shared/domain/kernel/currency.ts';

describe('the currency of a shop', () => {
  it.each([
    ['EUR', 2],
    ['IDR', 2],
    ['HUF', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['UYW', 4],
  ])('%s is counted with %i decimals, as ISO 4217 says', (code, decimals) => {
    expect([decimalsOf(code), currencyFault(code)]).toEqual([decimals, undefined]);
  });

  it.each(['XAU', 'XAG', 'XPD', 'XPT', 'XDR', 'XXX', 'XTS', 'XUA', 'XSU', 'XBA'])(
    'is not %s, which has no minor units',
    (code) => {
      expect(decimalsOf(code)).toBeUndefined();
      expect(currencyFault(code)).toBe(
        `'${code}' has no minor units in which money could be counted; write what the tills charge, such as EUR`,
      );
    },
  );

  it.each(['EURO', 'eur', '', 'DEM', 'HRK', 'BTC', 'EU'])("is not '%s', which is none today", (code) => {
    expect(currencyFault(code)).toBe(`'${code}' is no code of ISO 4217, such as EUR`);
  });

  it('is taken exactly where its decimals are known', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 3, maxLength: 3 }), (code) => {
        expect(currencyFault(code) === undefined).toBe(decimalsOf(code) !== undefined);
      }),
    );
  });

  it('is one of the 165 that ISO 4217 counts by minor units', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const codes = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)));

    expect(codes.filter((code) => decimalsOf(code) !== undefined)).toHaveLength(165);
  });
});
