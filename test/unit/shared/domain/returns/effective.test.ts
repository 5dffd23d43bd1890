import { describe, expect, it } from 'vitest';
import { goodsOf } from '../../../../../shared/domain/customers/measure.ts';
import { totalsOf } from '../../../../../shared/domain/customers/totals.ts';
import { effectiveSale } from '../../../../../shared/domain/returns/effective.ts';
import { type Correction, noCase } from '../../../../../shared/domain/returns/sale-case.ts';
import { anEvent, aSale, profile } from '../../../../builders/an-event.ts';

const corrected = (id: string, revision: number): Correction => ({
  subject: profile('bob'),
  event: anEvent('receipt.corrected', { id, profile: profile('bob'), data: { revision } }),
});

const standing = (...corrections: Correction[]): readonly string[] => {
  const sold = [{ subject: profile('ada'), event: aSale(500) }];
  return effectiveSale({ ...noCase, sold, corrections }).map(({ event }) => event.id);
};

describe('of several corrections of a sale', () => {
  it('the one of the highest revision stands, whichever came last', () => {
    const [low, high] = [corrected('z', 9), corrected('a', 10)];
    expect([standing(low, high), standing(high, low)]).toEqual([['a'], ['a']]);
  });

  it('the same one stands in any order where two have one revision', () => {
    const [one, other, third] = [corrected('a', 3), corrected('b', 3), corrected('c', 3)];
    const orders = [
      [one, other, third],
      [third, other, one],
      [other, third, one],
      [other, one, third],
    ];
    expect(orders.map((some) => standing(...some))).toEqual([['c'], ['c'], ['c'], ['c']]);
  });
});

describe('a correction of what was taken in exchange', () => {
  const taken = { subject: profile('ada'), event: anEvent('sale.recorded', { data: { exchange: true } }) };
  const ordersOf = (exchange?: true): number => {
    const event = anEvent('receipt.corrected', { data: { revision: 1, ...(exchange && { exchange }) } });
    const sale = { ...noCase, sold: [taken], corrections: [{ subject: profile('ada'), event }] };
    return effectiveSale(sale).reduce((sum, { event: one }) => sum + totalsOf(goodsOf(one)).orders, 0);
  };

  it('makes no order of it, whether or not it says so again', () => {
    expect([ordersOf(), ordersOf(true)]).toEqual([0, 0]);
  });
});
