import { describe, expect, it } from 'vitest';
import { fractionOf } from '../../../../../shared/domain/kernel/fraction.ts';

describe('the fraction of a text', () => {
  it('stays what it was when people were held out by it', () => {
    expect(['', 'a', 'spring/member_aaaaaaaaaaaaaaaaaaaaaaaaaa'].map(fractionOf)).toEqual([
      0.9207574222236872, 0.06949865561909974, 0.39079662691801786,
    ]);
  });

  it('lies in 0 to below 1 and is spread evenly: chi-squared over 100 cells', () => {
    const cells = new Array<number>(100).fill(0);
    const count = 100_000;
    for (let n = 0; n < count; n += 1) {
      const cell = Math.floor(fractionOf(`spring/member_${n}`) * 100);
      cells[cell] = (cells[cell] ?? Number.NaN) + 1;
    }
    const expected = count / 100;
    const chiSquared = cells.reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0);

    expect(cells).toHaveLength(100);
    // 99 degrees of freedom: the 99.99 % point is 160.1, the 0.01 % point 51.7.
    expect(chiSquared).toBeGreaterThan(51.7);
    expect(chiSquared).toBeLessThan(160.1);
  });

  it('of two campaigns tells nothing of each other', () => {
    let both = 0;
    for (let n = 0; n < 20_000; n += 1) {
      if (fractionOf(`spring/${n}`) < 0.1 && fractionOf(`summer/${n}`) < 0.1) both += 1;
    }

    // Binomial: 200 expected, standard deviation 14.1; four of them on either side.
    expect(Math.abs(both - 200)).toBeLessThan(57);
  });
});
