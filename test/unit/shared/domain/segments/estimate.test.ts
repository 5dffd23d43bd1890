import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateShare, estimateSize } from '../../../../../shared/domain/segments/estimate.ts';

describe('the share of a sample', () => {
  // R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3; given to four decimals.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %d in %d has the published interval', (matched, sampled, low, high) => {
    const estimate = estimateShare(matched, sampled);

    expect(estimate.share).toBe(matched / sampled);
    expect(Math.abs(estimate.low - low)).toBeLessThan(0.00005);
    expect(Math.abs(estimate.high - high)).toBeLessThan(0.00005);
  });

  it('is anything where nobody was asked', () => {
    expect(estimateShare(0, 0)).toEqual({ share: 0, low: 0, high: 1 });
  });

  it('lies in its interval, and the other share in the mirrored one', () => {
    fc.assert(
      fc.property(counts, ({ matched, sampled }) => {
        const { share, low, high } = estimateShare(matched, sampled);
        const others = estimateShare(sampled - matched, sampled);

        expect(low >= 0 && low <= share && share <= high && high <= 1).toBe(true);
        expect(Math.abs(low + others.high - 1)).toBeLessThan(1e-12);
      }),
    );
  });

  it.each([
    [3, 2],
    [-1, 2],
    [0.5, 2],
    [1, Number.NaN],
  ])('of %d in %d is refused', (matched, sampled) => {
    expect(() => estimateShare(matched, sampled)).toThrow(RangeError);
  });
});

const counts = fc
  .integer({ min: 1, max: 100_000 })
  .chain((sampled) => fc.record({ sampled: fc.constant(sampled), matched: fc.nat(sampled) }));

describe('the size of an audience', () => {
  it('is exact where everybody was asked', () => {
    expect(estimateSize({ matched: 12, sampled: 40, population: 40 })).toEqual({
      estimate: 12,
      low: 12,
      high: 12,
      exact: true,
    });
  });

  it('is the share times the population otherwise, with whole people at its ends', () => {
    // 81 of 263: 0.2553 to 0.3662, see above.
    expect(estimateSize({ matched: 81, sampled: 263, population: 10_000 })).toEqual({
      estimate: 3_080,
      low: 2_552,
      high: 3_663,
      exact: false,
    });
  });

  it('never forgets those who were asked', () => {
    fc.assert(
      fc.property(counts, fc.nat(1_000_000), ({ matched, sampled }, more) => {
        const population = sampled + more;
        const { estimate, low, high } = estimateSize({ matched, sampled, population });

        expect(matched <= low && low <= estimate && estimate <= high).toBe(true);
        expect(high).toBeLessThanOrEqual(population - (sampled - matched));
      }),
    );
  });

  it('is refused where the sample is larger than the population', () => {
    expect(() => estimateSize({ matched: 1, sampled: 3, population: 2 })).toThrow(
      'population is 2 and sampled 3',
    );
    expect(() => estimateSize({ matched: 0, sampled: 1, population: 2.5 })).toThrow(RangeError);
  });
});
