import { describe, expect, it } from 'vitest';
import { fitNight, modelReport } from '../../../../../shared/domain/insight/night-model.ts';
import {
  combineStatistics,
  type NightStatistics,
} from '../../../../../shared/domain/insight/night-statistics.ts';
import { fitted } from '../../../../../shared/domain/insight/value-models.ts';
import { statisticsOf } from './statistics-of.ts';
import { daysAgo, historyOf, shopCustomers, TODAY } from './synthetic.ts';

const shop = shopCustomers(1_200);
const settings = { asOf: TODAY, churnWindowDays: 90, margin: 0.3 };

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

  it('gives numbers and no NaN where everybody is alike', () => {
    const same = Array.from({ length: 300 }, (_, index) => ({
      id: `member_${index}`,
      history: historyOf(400, 200, 100),
    }));
    const { purchases, spend, churn } = fitNight(statisticsOf(same), settings);

    if (purchases.status !== 'fitted' || spend.status !== 'fitted') throw new Error('not fitted');
    for (const value of Object.values({ ...purchases.params, ...spend.params }))
      expect(value).toBeGreaterThan(0);
    expect(churn.status).toBe('declined');
  });

  it('learns only from what was known on its day', () => {
    const { sampled, spend } = fitNight(statisticsOf(shop), { ...settings, asOf: daysAgo(150) });

    expect(sampled).toBe(1_200);
    expect(spend.status === 'fitted' && spend.rows).toBeLessThan(1_200);
  });

  it('never uses a fit that stopped before its end', () => {
    expect(fitted({ status: 'stopped', because: 'iterations', last: {} }, 5)).toEqual({
      status: 'declined',
      reason: 'The likelihood was still rising when the search had used up its steps',
    });
    expect(fitted({ status: 'stopped', because: 'not-finite', last: {} }, 5)).toEqual({
      status: 'declined',
      reason: 'The likelihood of these customers has no finite value',
    });
  });
});
