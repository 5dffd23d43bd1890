import { describe, expect, it } from 'vitest';
import { type ChurnModel, churnProbability } from '../../../../../shared/domain/insight/churn-model.ts';
import { bandOf, churnOf } from '../../../../../shared/domain/insight/churn-score.ts';
import { featuresAsOf } from '../../../../../shared/domain/insight/features.ts';
import { type DaySpec, historyOf, shopCustomers, TODAY } from './synthetic.ts';
import { today, trained } from './trained-churn.ts';

const shop = shopCustomers(1_500).map(({ history }) => history);

describe('the churn score of a customer', () => {
  const model = trained(shop);
  const scoreOf = (...days: readonly DaySpec[]) => churnOf(model, today(historyOf(...days)));

  it('says the probability in hundredths, its band, and at most three reasons', () => {
    for (const history of shop.slice(0, 300)) {
      const features = featuresAsOf(history, TODAY);
      if (features === undefined) continue;
      const { probability, band, reasons } = churnOf(model, features);
      expect(Math.abs(probability - churnProbability(model, features))).toBeLessThanOrEqual(0.005 + 1e-12);
      expect(probability).toBe(Math.round(probability * 100) / 100);
      expect(band).toBe(bandOf(probability));
      expect(reasons.length).toBeLessThanOrEqual(3);
    }
  });

  it('gives the largest reason first, and in the direction in which it works', () => {
    const { band, reasons } = scoreOf(150, 160, 170, 180);

    expect(band).toBe('high');
    expect(reasons[0]).toBe('higher risk: last bought 150 days ago, 15 times the own usual gap');
  });

  it('bands from the threshold on', () => {
    expect([0.34, 0.35, 0.64, 0.65].map(bandOf)).toEqual(['low', 'medium', 'medium', 'high']);
  });
});

describe('the words of the reasons', () => {
  /** A model in which one signal matters, and raises the risk by itself. */
  const only = (name: string, usual = 0): ChurnModel => ({
    typicalGap: 30,
    intercept: 0,
    effects: [{ name, curve: { slope: 0, knots: [], cubes: [] }, centre: -1, usual }],
    calibration: { slope: 1, offset: 0 },
  });
  const reason = (model: ChurnModel, ...days: readonly DaySpec[]) =>
    churnOf(model, today(historyOf(...days))).reasons;

  it.each([
    ['recency', [0], 'bought today'],
    ['recency', [1], 'last bought yesterday'],
    ['recency', [12], 'last bought 12 days ago'],
    ['recency', [5, 15], 'last bought 5 days ago'],
    ['recency', [10, 15], 'last bought 10 days ago, 2.0 times the own usual gap'],
    ['over-rhythm', [100, 105], 'last bought 100 days ago, 20 times the own usual gap'],
    ['order-days', [12], 'bought on one day only'],
    ['order-days', [12, 14], 'bought on 2 days'],
    ['last-90-days', [100, 110], 'no order in the last 90 days, 2 in the 90 days before'],
    ['last-90-days', [3], '1 order in the last 90 days, 0 in the 90 days before'],
    ['trend', [3, 4, 100], '2 orders in the last 90 days, 1 in the 90 days before'],
    ['returns', [3], 'returned nothing'],
    ['returns', [{ ago: 3, sales: 1_000, returns: 110 }], 'returned 11 % of the goods'],
    ['returns', [{ ago: 3, sales: 1_000, returns: 1 }], 'returned 1 % of the goods'],
  ] as const)('for %s of %j are "%s"', (name, days, expected) => {
    expect(reason(only(name), ...days)).toEqual([`higher risk: ${expected}`]);
  });

  it('set net spend against that of the mean customer', () => {
    expect(reason(only('net-spend', Math.log1p(500)), { ago: 3, sales: 900 })).toEqual([
      'higher risk: net spend is above the usual',
    ]);
    expect(reason(only('net-spend', Math.log1p(5_000)), { ago: 3, sales: 900 })).toEqual([
      'higher risk: net spend is below the usual',
    ]);
  });

  it('name the larger shift first, whichever way it goes', () => {
    const { effects, ...rest } = only('recency');
    const [raising] = effects;
    if (raising === undefined) throw new Error('no effect');
    const model = { ...rest, effects: [raising, { ...raising, name: 'order-days', centre: 2 }] };

    expect(reason(model, 12)).toEqual([
      'lower risk: bought on one day only',
      'higher risk: last bought 12 days ago',
    ]);
  });

  it('are none where nothing sets the customer apart', () => {
    const plain = only('recency');
    const [effect] = plain.effects;
    if (effect === undefined) throw new Error('no effect');

    expect(reason({ ...plain, effects: [{ ...effect, centre: 0.09 }] }, 4)).toEqual([]);
    expect(reason({ ...plain, effects: [{ ...effect, centre: 0.11 }] }, 4)).toEqual([
      'lower risk: last bought 4 days ago',
    ]);
  });
});
