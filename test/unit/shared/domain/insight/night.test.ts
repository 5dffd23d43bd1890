import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settled } from '../../../../../shared/domain/insight/bottom-k.ts';
import { fitNight, modelReport } from '../../../../../shared/domain/insight/night-model.ts';
import {
  combineStatistics,
  type NightStatistics,
  noStatistics,
  type Observation,
  observe,
  SAMPLE_SIZE,
  sampleSizeOfShard,
} from '../../../../../shared/domain/insight/night-statistics.ts';
import { daysAgo, historyOf, shopCustomers, TODAY } from './synthetic.ts';

const shop = shopCustomers(1_200);

const statisticsOf = (observations: readonly Observation[], size = SAMPLE_SIZE): NightStatistics =>
  observations.reduce(
    (statistics, observation) => observe(statistics, observation, TODAY),
    noStatistics(size),
  );

const settings = { asOf: TODAY, churnWindowDays: 90, margin: 0.3 };

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

describe('the model of a night', () => {
  const model = fitNight(statisticsOf(shop), settings);

  it('is fitted in all its parts for a shop of a thousand customers', () => {
    expect(model).toMatchObject({
      asOf: '2026-06-30',
      day: TODAY,
      customers: 1_200,
      buyers: 1_200,
      sampled: 1_200,
      purchases: { status: 'fitted', rows: 1_200 },
      spend: { status: 'fitted', rows: 1_200 },
      churn: { status: 'fitted' },
    });
    expect(model.rfm?.frequency).toHaveLength(4);
    expect(model.tiers?.map(({ tier }) => tier)).toEqual(['diamond', 'platinum', 'gold', 'standard']);
  });

  it('is the same for any split into shards, and after a file of JSON', () => {
    const shards = [0, 1, 2].map((shard) => statisticsOf(shop.filter((_, index) => index % 3 === shard)));
    const stored = JSON.parse(JSON.stringify(shards.reduce(combineStatistics))) as NightStatistics;

    expect(fitNight(stored, settings)).toEqual(model);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });

  it('is reported with its parameters and its back-test, and nothing declined', () => {
    const report = modelReport(model);

    expect(report).toMatchObject({
      asOf: '2026-06-30',
      bgNbd: { r: expect.any(Number), alpha: expect.any(Number), rows: 1_200 },
      gammaGamma: { q: expect.any(Number) },
      churn: {
        windowDays: 90,
        signals: expect.arrayContaining(['over-rhythm']),
        backTest: { judgedAsOf: '2026-04-01' },
      },
      declined: [],
    });
    expect(report.churn.backTest?.model.deciles).toHaveLength(10);
    expect(report.bgNbd?.r).toBe(Number(report.bgNbd?.r.toPrecision(6)));
  });
});

describe('a night with too little to learn from', () => {
  it('has no model without a buyer, and says why', () => {
    const model = fitNight(statisticsOf([{ id: 'member_lead', history: historyOf() }]), settings);

    expect(model).not.toHaveProperty('rfm');
    expect(model).not.toHaveProperty('tiers');
    expect(modelReport(model)).toEqual({
      asOf: '2026-06-30',
      customers: 1,
      buyers: 0,
      sampled: 0,
      thresholds: {},
      churn: { windowDays: 90 },
      declined: [
        { model: 'purchases', reason: 'Only 0 customers of the sample bought again; 100 are needed' },
        {
          model: 'spend',
          reason: 'Only 0 customers of the sample spent more than they returned; 100 are needed',
        },
        { model: 'churn', reason: 'On 2026-01-01 only 0 customers of the sample had bought; 200 are needed' },
      ],
    });
  });

  it('declines what the search could not settle', () => {
    // Everybody spends exactly the same: the spread of customers has no best value, but it must not be NaN.
    const same = Array.from({ length: 300 }, (_, index) => ({
      id: `member_${index}`,
      history: historyOf(400, 200, 100),
    }));
    const { purchases, spend, churn } = fitNight(statisticsOf(same), settings);

    for (const fit of [purchases, spend]) {
      if (fit.status === 'fitted')
        for (const value of Object.values(fit.params)) expect(value).toBeGreaterThan(0);
      else expect(fit.reason).toMatch(/likelihood/);
    }
    expect(churn.status).toBe('declined');
  });
});
