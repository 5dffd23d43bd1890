import { describe, expect, it } from 'vitest';
import type { Line } from '../../../../../shared/domain/events/receipt.ts';
import { allot, allotAll, allotMoney, lotOf } from '../../../../../shared/domain/returns/allot.ts';

const line = (sku: string, quantity: number, unitPrice: number, more: Partial<Line> = {}): Line => ({
  sku,
  quantity,
  unitPrice,
  discount: 0,
  ...more,
});

/** Lots named a, b, c in the order of the lines. */
const soldAs = (...lines: readonly Line[]) => lines.map((one, index) => lotOf('abcdef'.charAt(index), one));

const undone = (place: string, units: number, paid: number, discount = 0, category?: string) => ({
  place,
  category,
  units,
  paid,
  discount,
});

describe('a line that came back', () => {
  it('is taken out of the lots of its sku, in their order, and of no other', () => {
    const lots = soldAs(line('MUG', 1, 700), line('TEA', 1, 500, { category: 'tea' }), line('TEA', 3, 400));

    expect(allot(lots, line('TEA', 3, 400))).toEqual({
      undone: [undone('b', 1, 500, 0, 'tea'), undone('c', 2, 700)],
      excess: undefined,
    });
    expect(lots.map(({ left }) => left)).toEqual([
      { quantity: 10_000, paid: 700, discount: 0 },
      { quantity: 0, paid: 0, discount: 0 },
      { quantity: 10_000, paid: 500, discount: 0 },
    ]);
  });

  it.each([
    ['the line that it names', '2'],
    ['the same as a number', 2],
  ])('is taken first out of %s, and out of others where that has too little', (_what, named) => {
    const sold = () =>
      soldAs(line('TEA', 1, 500, { line: 1 }), line('TEA', 1, 300, { line: 2 }), line('TEA', 1, 300));

    expect(allot(sold(), line('TEA', 1, 300, { line: named })).undone).toEqual([undone('b', 1, 300)]);
    expect(allot(sold(), line('TEA', 2, 400, { line: named })).undone).toEqual([
      undone('b', 1, 300),
      undone('a', 1, 500),
    ]);
  });

  it('that names none is taken in the order of the lines, named or not', () => {
    const lots = soldAs(line('TEA', 1, 500, { line: 1 }), line('TEA', 1, 500));

    expect(allot(lots, line('TEA', 1, 500)).undone).toEqual([undone('a', 1, 500)]);
  });

  it('that names a line finds its goods once', () => {
    const lots = soldAs(line('TEA', 1, 300, { line: 2 }));

    expect(allot(lots, line('TEA', 2, 300, { line: 2 }))).toEqual({
      undone: [undone('a', 1, 300)],
      excess: { sku: 'TEA', units: 1, amount: 300 },
    });
  });

  it('and cost nothing is undone all the same', () => {
    expect(allot(soldAs(line('GIFT', 2, 0)), line('GIFT', 1, 0)).undone).toEqual([undone('a', 1, 0)]);
  });

  it('takes the money of its own goods, not what a cheap return has left of others', () => {
    const lots = soldAs(line('TEA', 1, 500), line('TEA', 1, 500));
    allot(lots, line('TEA', 1, 300));

    expect(allot(lots, line('TEA', 1, 500)).undone).toEqual([undone('b', 1, 500)]);
  });

  it('that names a line nobody sold is taken by its sku', () => {
    expect(allot(soldAs(line('TEA', 1, 500)), line('TEA', 1, 500, { line: 'x' })).undone).toEqual([
      undone('a', 1, 500),
    ]);
  });

  it('beyond what was sold has the rest for an excess, with its share of the money', () => {
    expect(allot(soldAs(line('TEA', 1, 500)), line('TEA', 3, 500))).toEqual({
      undone: [undone('a', 1, 500)],
      excess: { sku: 'TEA', units: 2, amount: 1_000 },
    });
  });

  it('of goods that were never sold is nothing but an excess', () => {
    expect(allot(soldAs(line('TEA', 1, 500)), line('MUG', 1, 0))).toEqual({
      undone: [],
      excess: { sku: 'MUG', units: 1, amount: 0 },
    });
  });

  it('at more than was paid has the money beyond for an excess, and no goods', () => {
    expect(allot(soldAs(line('TEA', 2, 500)), line('TEA', 2, 600))).toEqual({
      undone: [undone('a', 2, 1_000)],
      excess: { sku: 'TEA', units: 0, amount: 200 },
    });
  });

  it.each([
    ['down', 3, 100, 33],
    ['up at the half', 2, 5, 3],
  ])('that is taken in part is paid in part, rounded %s', (_how, pieces, amount, paid) => {
    const back = line('TEA', pieces, 0);
    const priced = { ...back, unitPrice: amount, quantity: pieces, discount: amount * (pieces - 1) };

    expect(allot(soldAs(line('TEA', 1, 500)), priced)).toEqual({
      undone: [undone('a', 1, paid)],
      excess: { sku: 'TEA', units: pieces - 1, amount: amount - paid },
    });
  });

  it('keeps four decimals of a quantity', () => {
    expect(allot(soldAs(line('APPLE', 1.25, 240)), line('APPLE', 0.3333, 240))).toEqual({
      undone: [undone('a', 0.3333, 80)],
      excess: undefined,
    });
  });

  it('takes its part of the discount along, the last piece all that is left of it', () => {
    const lots = soldAs(line('TEA', 3, 100, { discount: 10 }));
    const one = () => allot(lots, line('TEA', 1, 90)).undone.map(({ discount }) => discount);

    expect([one(), one(), one()]).toEqual([[3], [4], [3]]);
  });

  it('for more money than its own goods cost takes the rest out of what its neighbour cost', () => {
    const lots = soldAs(line('TEA', 1, 100), line('TEA', 1, 900));

    expect(allot(lots, line('TEA', 1, 500)).undone).toEqual([undone('a', 1, 100), undone('b', 0, 400)]);
  });
});

describe('a whole sale that came back', () => {
  const lots = () => soldAs(line('TEA', 2, 500, { discount: 100 }), line('MUG', 1, 700));

  it('is undone with all goods, money and discounts', () => {
    expect(allotAll(lots(), undefined)).toEqual({
      undone: [undone('a', 2, 900, 100), undone('b', 1, 700)],
      excess: undefined,
    });
  });

  it('for less is undone with all goods and so much money', () => {
    expect(allotAll(lots(), 1_000)).toEqual({
      undone: [undone('a', 2, 900, 100), undone('b', 1, 100)],
      excess: undefined,
    });
  });

  it('for what it cost is no excess, and for more the rest is', () => {
    expect(allotAll(lots(), 1_600).excess).toBeUndefined();
    expect(allotAll(lots(), 1_700).excess).toEqual({ units: 0, amount: 100 });
  });
});

describe('money that went back without goods', () => {
  it('leaves goods and their discount, and goes out of the first lots that have any', () => {
    const lots = soldAs(line('FREE', 1, 0), line('TEA', 2, 500, { discount: 100 }), line('MUG', 1, 700));

    expect(allotMoney(lots, 1_000)).toEqual({
      undone: [undone('b', 0, 900), undone('c', 0, 100)],
      excess: undefined,
    });
  });

  it('up to all that was paid is no excess, and beyond it the rest is', () => {
    expect(allotMoney(soldAs(line('TEA', 1, 500)), 500).excess).toBeUndefined();
    expect(allotMoney(soldAs(line('TEA', 1, 500)), 501).excess).toEqual({ units: 0, amount: 1 });
  });
});
