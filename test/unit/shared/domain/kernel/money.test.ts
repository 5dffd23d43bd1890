import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fitsDecimals,
  formatMoney,
  lineAmount,
  minorDigits,
  unitPriceFor,
} from '../../../../../shared/domain/kernel/money.ts';

describe('the amount of a line', () => {
  it.each([
    ['three at 0.1 minor units', 3, 0.1, 0],
    ['five at 0.1 minor units', 5, 0.1, 1],
    ['half a minor unit', 1, 0.5, 1],
    ['a hair below half', 1, 0.4999, 0],
    ['1.25 kg at 2.40', 1.25, 240, 300],
    ['1.25 kg at 2.4 minor units', 1.25, 2.4, 3],
    ['0.335 at 1.00, which floating point puts below half', 0.335, 100, 34],
    ['1.005 at 1.00, which floating point puts below half', 1.005, 100, 101],
    ['nothing', 0, 1999, 0],
    ['the smallest there is', 0.0001, 0.0001, 0],
    ['goods written off', -3, 1999, -5997],
    ['minus half, which mirrors plus half', -1, 0.5, -1],
    ['a debt of half a minor unit', 1, -0.5, -1],
    ['two minuses', -2, -50, 100],
    ['a lorry of it', 1_000_000, 999_999_999, 999_999_999_000_000],
  ])('is rounded half up: %s', (_what, quantity, unitPrice, amount) => {
    expect(lineAmount(quantity, unitPrice)).toBe(amount);
  });

  it('is what integer arithmetic says, for all decimals that are kept', () => {
    const tenThousandths = fc.integer({ min: 0, max: 10_000_000 });
    fc.assert(
      fc.property(tenThousandths, tenThousandths, (quantity, price) => {
        const exact = (BigInt(quantity) * BigInt(price) * 2n + 10n ** 8n) / (2n * 10n ** 8n);
        expect(lineAmount(quantity / 10_000, price / 10_000)).toBe(Number(exact));
      }),
    );
  });

  it('of what comes back takes away what the sale gave', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99_999 }),
        fc.integer({ min: 1, max: 99_999 }),
        (quantity, price) => {
          const sold = lineAmount(quantity / 10_000, price / 10_000);
          expect(lineAmount(-quantity / 10_000, price / 10_000) + sold).toBe(0);
        },
      ),
    );
  });
});

describe('the price of a line', () => {
  it('keeps its parts where there are several pieces, and is what is paid for one', () => {
    expect([unitPriceFor(3, 333.3333), unitPriceFor(1, 189.9), unitPriceFor(1, 0.1)]).toEqual([
      333.3333, 190, 0,
    ]);
  });

  it('comes to the same amount', () => {
    const price = fc.integer({ min: 0, max: 10_000_000 }).map((tenThousandths) => tenThousandths / 10_000);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), price, (quantity, unitPrice) => {
        expect(lineAmount(quantity, unitPriceFor(quantity, unitPrice))).toBe(lineAmount(quantity, unitPrice));
      }),
    );
  });
});

describe('decimals', () => {
  it.each([0, 1, 0.1, 0.0001, 2.0625, 1.1, 999_999.9999, 123_456_789.1234, 1e12, -0.125, 0.1 + 0.2])(
    'up to four are kept: %d',
    (value) => {
      expect(fitsDecimals(value)).toBe(true);
    },
  );

  it.each([0.00001, 1.23456, 123_456.123456, 999_999_999.12345, -0.33333, 1 / 3])(
    'beyond four are seen, however large the number: %d',
    (value) => {
      expect(fitsDecimals(value)).toBe(false);
    },
  );
});

describe('money in words', () => {
  it.each([
    [974_774_793, 'GBP', '9,747,747.93 GBP'],
    [0, 'EUR', '0.00 EUR'],
    [-5, 'EUR', '-0.05 EUR'],
    [1_234, 'JPY', '1,234 JPY'],
    [1_234_567, 'KWD', '1,234.567 KWD'],
    [5, 'KWD', '0.005 KWD'],
  ])('%d minor units of %s', (minor, currency, words) => {
    expect(formatMoney(minor, currency)).toBe(words);
  });

  it.each([
    ['GBP', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['IDR', 2],
    ['XXX', 2],
  ])('%s is written with %d decimals', (currency, digits) => {
    expect(minorDigits(currency)).toBe(digits);
  });
});
