import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reconcile } from '../../../../../../shared/domain/dialects/segment/reconcile.ts';
import { spread } from '../../../../../../shared/domain/dialects/spread.ts';

const cents = fc.integer({ min: 0, max: 1_000_000_000 });

describe('the sums of an order', () => {
  it.each([
    ['everything on top', 1000, { total: 1250, discount: 100, shipping: 150, tax: 200 }, [100, 150, 200]],
    ['tax within the prices', 1000, { total: 1050, discount: 100, shipping: 150, tax: 200 }, [100, 150, 0]],
    ['the discount off already', 1000, { total: 1150, discount: 100, shipping: 150, tax: 200 }, [0, 150, 0]],
    ['a discount below nothing', 1000, { total: 900, discount: -100 }, [100, 0, 0]],
    ['only revenue', 1000, { revenue: 900, discount: 100, shipping: 150, tax: 200 }, [100, 0, 0]],
    ['only the subtotal', 1000, { subtotal: 900, discount: 100, shipping: 150 }, [100, 0, 0]],
    ['no sum', 1000, { discount: 100, shipping: 150, tax: 200 }, [100, 150, 200]],
    ['nothing', 1000, {}, [0, 0, 0]],
  ])('are read so that they meet: %s', (_what, goods, sums, [discount, shipping, tax]) => {
    expect(reconcile(goods, sums, 'EUR')).toEqual({ discount, shipping, tax });
  });

  it('always meet the one stated, or are refused', () => {
    fc.assert(
      fc.property(cents, cents, cents, cents, cents, (goods, discount, shipping, tax, total) => {
        for (const stated of [total, goods - discount + shipping + tax, goods + shipping, goods]) {
          let read: ReturnType<typeof reconcile>;
          try {
            read = reconcile(goods, { total: stated, discount, shipping, tax }, 'EUR');
          } catch (error) {
            expect(error).toMatchObject({ code: 'order-does-not-add-up' });
            continue;
          }
          expect(goods - read.discount + read.shipping + read.tax).toBe(stated);
        }
      }),
    );
  });

  it('name a discount that is more than the goods', () => {
    expect(() => reconcile(100, { discount: 200 }, 'EUR')).toThrow(
      /^properties\.discount: .*1\.00 EUR.*2\.00 EUR/,
    );
  });
});

describe('a discount over the lines', () => {
  it('is given to the last cent, and to no line more than it costs', () => {
    fc.assert(
      fc.property(
        fc.array(cents, { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (parts, share) => {
          const whole = parts.reduce((sum, part) => sum + part, 0);
          const amount = Math.floor(whole * share);

          const given = spread(amount, parts, (part) => part);

          expect(given.reduce((sum, [, own]) => sum + own, 0)).toBe(amount);
          expect(given.map(([part]) => part)).toEqual(parts);
          for (const [part, own] of given) {
            expect(own).toBeGreaterThanOrEqual(0);
            expect(own).toBeLessThanOrEqual(part);
          }
        },
      ),
    );
  });
});
