import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addValue, emptySketch } from '../../../../../shared/domain/insight/quantile-sketch.ts';
import { cellOf, rfmOf, rfmThresholds } from '../../../../../shared/domain/insight/rfm.ts';
import { type Quintile, rfmCells } from '../../../../../shared/domain/insight/score.ts';

interface Buyer {
  readonly recency: number;
  readonly orders: number;
  readonly net: number;
}

function thresholdsOf(buyers: readonly Buyer[]) {
  const sketches = { recency: emptySketch(), frequency: emptySketch(), monetary: emptySketch() };
  for (const { recency, orders, net } of buyers) {
    addValue(sketches.recency, recency);
    addValue(sketches.frequency, orders);
    addValue(sketches.monetary, net);
  }
  const thresholds = rfmThresholds(sketches);
  if (thresholds === undefined) throw new Error('no buyers');
  return thresholds;
}

describe('quintiles of ten buyers without ties', () => {
  const buyers = Array.from({ length: 10 }, (_, index) => ({
    recency: index,
    orders: index + 1,
    net: 100 * (index + 1),
  }));
  const thresholds = thresholdsOf(buyers);

  it('hold two buyers each, the latest and the biggest with 5', () => {
    const scores = buyers.map((buyer) => rfmOf(buyer, thresholds));

    expect(scores.map(({ recency }) => recency)).toEqual([5, 5, 4, 4, 3, 3, 2, 2, 1, 1]);
    expect(scores.map(({ frequency }) => frequency)).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    expect(scores.map(({ monetary }) => monetary)).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
  });

  it('include the threshold itself: a customer on it is not beyond it', () => {
    const on = {
      recency: thresholds.recency[0],
      orders: thresholds.frequency[0],
      net: thresholds.monetary[0],
    };

    expect(rfmOf(on, thresholds)).toMatchObject({ recency: 5, frequency: 1, monetary: 1 });
    const beyond = { recency: on.recency + 1, orders: on.orders + 1, net: on.net + 1 };
    expect(rfmOf(beyond, thresholds)).toMatchObject({ recency: 4, frequency: 2, monetary: 2 });
  });
});

describe('buyers of whom most have one order', () => {
  const thresholds = thresholdsOf(
    Array.from({ length: 100 }, (_, index) => ({ recency: index, orders: index < 70 ? 1 : 5, net: 1_000 })),
  );

  it('share the lowest quintile of frequency, and the rest is beyond three thresholds', () => {
    expect(thresholds.frequency).toEqual([1, 1, 1, 5]);
    expect(rfmOf({ recency: 1, orders: 1, net: 1_000 }, thresholds).frequency).toBe(1);
    expect(rfmOf({ recency: 1, orders: 5, net: 1_000 }, thresholds).frequency).toBe(4);
    expect(rfmOf({ recency: 1, orders: 6, net: 1_000 }, thresholds).frequency).toBe(5);
  });
});

describe('quintiles of any buyers', () => {
  const buyer = fc.record({
    recency: fc.integer({ min: 0, max: 900 }),
    orders: fc.integer({ min: 1, max: 60 }),
    net: fc.integer({ min: -5_000, max: 9_000_000 }),
  });

  it('never rank the better below the worse, and rank equals equally', () => {
    fc.assert(
      fc.property(fc.array(buyer, { minLength: 2, maxLength: 60 }), (buyers) => {
        const thresholds = thresholdsOf(buyers);
        const [one, other] = [buyers[0] as Buyer, buyers[1] as Buyer];
        const [a, b] = [rfmOf(one, thresholds), rfmOf(other, thresholds)];
        expect(Math.sign(a.recency - b.recency) * Math.sign(one.recency - other.recency)).toBeLessThanOrEqual(
          0,
        );
        expect(
          Math.sign(a.frequency - b.frequency) * Math.sign(one.orders - other.orders),
        ).toBeGreaterThanOrEqual(0);
        expect(Math.sign(a.monetary - b.monetary) * Math.sign(one.net - other.net)).toBeGreaterThanOrEqual(0);
        expect(rfmOf({ ...one }, thresholds)).toEqual(a);
      }),
    );
  });

  it('do not exist without a buyer', () => {
    const nobody = { recency: emptySketch(), frequency: emptySketch(), monetary: emptySketch() };

    expect(rfmThresholds(nobody)).toBeUndefined();
  });
});

describe('the named cells', () => {
  const cell = (recency: Quintile, frequency: Quintile, monetary: Quintile) =>
    cellOf({ recency, frequency, monetary });

  it.each([
    [5, 5, 5, 'champions'],
    [4, 5, 4, 'champions'],
    [3, 4, 4, 'loyal'],
    [5, 2, 3, 'potential-loyalists'],
    [5, 1, 1, 'new'],
    [4, 1, 1, 'promising'],
    [3, 3, 3, 'need-attention'],
    [3, 1, 2, 'about-to-sleep'],
    [2, 4, 3, 'at-risk'],
    [1, 5, 5, 'cannot-lose'],
    [2, 1, 1, 'hibernating'],
    [1, 1, 1, 'lost'],
  ] as const)('recency %i, frequency %i, monetary %i is %s', (recency, frequency, monetary, name) => {
    expect(cell(recency, frequency, monetary)).toBe(name);
  });

  it('are all reached', () => {
    const fifths: readonly Quintile[] = [1, 2, 3, 4, 5];
    const reached = fifths.flatMap((r) => fifths.flatMap((f) => fifths.map((m) => cell(r, f, m))));

    expect(new Set(reached)).toEqual(new Set(rfmCells));
  });
});
