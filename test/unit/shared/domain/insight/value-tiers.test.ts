import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addValue, emptySketch, noValues } from '../../../../../shared/domain/insight/quantile-sketch.ts';
import { valueTiers } from '../../../../../shared/domain/insight/score.ts';
import { pyramid, tierOf, tierThresholds } from '../../../../../shared/domain/insight/value-tiers.ts';

const thresholdsOf = (spends: readonly number[]) => {
  const sketch = emptySketch();
  for (const net of spends) addValue(sketch, net);
  return tierThresholds(sketch) ?? [];
};

describe('the pyramid of a thousand buyers', () => {
  // Each spends 5 % more than the one before, so that no two share a bin.
  const spends = Array.from({ length: 1_000 }, (_, index) => Math.round(1_000 * 1.025 ** index));
  const thresholds = thresholdsOf(spends);
  const count = (tier: string): number => spends.filter((net) => tierOf(net, thresholds) === tier).length;

  it('has 2 % diamond, 3 % platinum, 10 % gold, 25 % standard and the rest base', () => {
    expect(valueTiers.map(count)).toEqual([20, 30, 100, 250, 600]);
  });

  it('puts the biggest spender on top and the smallest below', () => {
    expect(tierOf(spends.at(-1) ?? 0, thresholds)).toBe('diamond');
    expect(tierOf(spends[0] ?? 0, thresholds)).toBe('base');
  });
});

describe('tiers of any buyers', () => {
  const spends = fc.array(fc.integer({ min: -1_000, max: 1_000_000 }), { minLength: 1, maxLength: 120 });

  it('are never bigger than they may be: ties stay below', () => {
    fc.assert(
      fc.property(spends, (all) => {
        const thresholds = thresholdsOf(all);
        for (const [rank, { downTo }] of pyramid.entries()) {
          const atLeast = all.filter((net) => valueTiers.indexOf(tierOf(net, thresholds)) <= rank).length;
          expect(atLeast).toBeLessThanOrEqual(downTo * all.length + 1e-9);
        }
      }),
    );
  });

  it('are all base where everybody spends the same', () => {
    const thresholds = thresholdsOf(Array.from({ length: 50 }, () => 4_200));

    expect(tierOf(4_200, thresholds)).toBe('base');
    expect(tierOf(4_200 * 1.05, thresholds)).toBe('diamond');
  });

  it('do not exist without a buyer', () => {
    expect(tierThresholds(noValues)).toBeUndefined();
  });
});
