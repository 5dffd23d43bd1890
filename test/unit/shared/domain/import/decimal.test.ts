import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shiftedDecimal } from '../../../../../shared/domain/import/decimal.ts';

describe('a price in major units', () => {
  it.each([
    ['2.55', 2, 255],
    ['1.1', 2, 110],
    ['0.001', 2, 0.1],
    ['.99', 2, 99],
    ['4.35', 2, 435],
    ['1130', 0, 1130],
    ['.5', 0, 0.5],
    ['12.5', 3, 12_500],
    ['-11062.06', 2, -1_106_206],
    ['+3', 2, 300],
    ['0.00125', 2, 0.125],
    ['2.5000000', 2, 250],
  ])('%s with %i digits becomes %d minor units', (text, places, minor) => {
    expect(shiftedDecimal(text, places)).toBe(minor);
  });

  it.each(['', '-', '.', '5.', '1,5', '1 000', '1.2.3', '1e3', 'NaN', '£2', '0x10'])(
    '%j is no number',
    (text) => {
      expect(shiftedDecimal(text, 2)).toBe('not-a-number');
    },
  );

  it('is refused with more than four decimals of a minor unit', () => {
    expect(shiftedDecimal('0.123456', 2)).toBe(12.3456);
    expect(shiftedDecimal('0.1234567', 2)).toBe('too-many-decimals');
  });

  it('takes the decimal comma where the mapping says so, and the point then no more', () => {
    expect(shiftedDecimal('2,55', 2, ',')).toBe(255);
    expect(shiftedDecimal('2.55', 2, ',')).toBe('not-a-number');
  });

  it('knows no negative zero', () => {
    expect(Object.is(shiftedDecimal('-0.00', 2), 0)).toBe(true);
  });

  it('is exact for every amount that a till can write', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -(10 ** 12), max: 10 ** 12 }),
        fc.integer({ min: 0, max: 4 }),
        (minor, places) => {
          const digits = String(Math.abs(minor)).padStart(places + 1, '0');
          const point = digits.length - places;
          const text = `${minor < 0 ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}0`;
          expect(shiftedDecimal(text, places)).toBe(minor);
        },
      ),
    );
  });
});
