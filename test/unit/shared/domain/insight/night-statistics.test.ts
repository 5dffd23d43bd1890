import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settled } from '../../../../../shared/domain/insight/bottom-k.ts';
import {
  combineStatistics,
  type NightStatistics,
  noStatistics,
  type Observation,
  observe,
  sampleSizeOfShard,
} from '../../../../../shared/domain/insight/night-statistics.ts';
import { quantile, wholeQuantile } from '../../../../../shared/domain/insight/quantile-sketch.ts';
import { relativeError } from './relative-error.ts';
import { statisticsOf } from './statistics-of.ts';
import { daysAgo, historyOf, shopCustomers } from './synthetic.ts';

const shop = shopCustomers(100);

/** Samples of the whole and of shards differ in how many they may hold, not in what they hold. */
const comparable = ({ sample, ...statistics }: NightStatistics) => ({
  ...statistics,
  entries: settled(sample).entries,
});

describe('statistics of a night', () => {
  it('count customers and buyers, and keep only buyers to learn from', () => {
    const lead = { id: 'member_lead', history: historyOf() };
    const statistics = statisticsOf([lead, { id: 'member_buyer', history: historyOf(3) }]);

    expect(statistics).toMatchObject({ customers: 2, buyers: 1 });
    expect(statistics.sample.entries.map(({ id }) => id)).toEqual(['member_buyer']);
  });

  it('spread out days since the last order, orders and net spend', () => {
    const history = historyOf({ ago: 30, orders: 2, sales: 3_000 }, { ago: 7, sales: 1_500, returns: 500 });
    const { recency, frequency, monetary } = statisticsOf([{ id: 'member_a', history }]);

    expect([recency, frequency].map((sketch) => wholeQuantile(sketch, 1))).toEqual([7, 3]);
    expect(relativeError(quantile(monetary, 1) ?? 0, 4_000)).toBeLessThanOrEqual(0.01);
  });

  it('know nothing of what came after the day', () => {
    const later = observe(noStatistics(10), { id: 'member_a', history: historyOf(3) }, daysAgo(10));

    expect(later).toMatchObject({ customers: 1, buyers: 0 });
  });

  it('are the same for any split into shards, in any order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.infiniteStream(fc.nat()), (shards, stream) => {
        const some = shop.slice(0, 60);
        const parts = Array.from({ length: shards }, (): Observation[] => []);
        for (const one of some) parts[(stream.next().value ?? 0) % shards]?.push(one);
        const whole = comparable(statisticsOf(some));
        const sums = parts.map((part) => statisticsOf(part));

        expect(comparable(sums.reduce(combineStatistics))).toEqual(whole);
        expect(comparable(sums.reverse().reduce(combineStatistics))).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  it('are a monoid: grouping does not matter, and nothing added changes nothing', () => {
    const [a, b, c] = [shop.slice(0, 40), shop.slice(40, 60), shop.slice(60, 70)].map((part) =>
      statisticsOf(part, 25),
    );
    if (a === undefined || b === undefined || c === undefined) throw new Error('three parts');

    expect(combineStatistics(combineStatistics(a, b), c)).toEqual(
      combineStatistics(a, combineStatistics(b, c)),
    );
    expect(combineStatistics(a, b)).toEqual(combineStatistics(b, a));
    expect(comparable(combineStatistics(a, noStatistics(0)))).toEqual(comparable(a));
  });

  it('leave both parts as they were when they are combined', () => {
    const [a, b] = [statisticsOf(shop.slice(0, 40), 25), statisticsOf(shop.slice(40, 80), 25)];
    const before = structuredClone([a, b]);
    combineStatistics(a, b);

    expect([a, b]).toEqual(before);
  });

  it('survive a file of JSON', () => {
    const statistics = statisticsOf(shop.slice(0, 100));

    expect(JSON.parse(JSON.stringify(statistics))).toEqual(statistics);
  });

  it('give a shard its share of the sample and a margin, never more than the whole', () => {
    expect([1, 2, 8, 1_000].map(sampleSizeOfShard)).toEqual([20_000, 10_400, 2_700, 38]);
  });
});
