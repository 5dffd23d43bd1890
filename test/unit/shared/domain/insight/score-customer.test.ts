import { describe, expect, it } from 'vitest';
import { expectedPurchases } from '../../../../../shared/domain/insight/bg-nbd.ts';
import { fitNight, type NightModel } from '../../../../../shared/domain/insight/night-model.ts';
import { noStatistics, observe } from '../../../../../shared/domain/insight/night-statistics.ts';
import type { Score } from '../../../../../shared/domain/insight/score.ts';
import { moved, scorer } from '../../../../../shared/domain/insight/score-customer.ts';
import type { IsoDate } from '../../../../../shared/domain/kernel/day.ts';
import { historyOf, shopCustomers, TODAY } from './synthetic.ts';

const shop = shopCustomers(1_000);
const model: NightModel = fitNight(
  shop.reduce((statistics, one) => observe(statistics, one, TODAY), noStatistics(5_000)),
  { asOf: TODAY, churnWindowDays: 90, margin: 0.25 },
);
const scoreOf = scorer(model);
const asOf = '2026-06-30' as IsoDate;

describe('scoring', () => {
  it('calls who never bought a lead and says no more', () => {
    expect(scoreOf(historyOf())).toEqual({ asOf, lifecycle: 'lead' });
  });

  it('says everything of a buyer', () => {
    const score = scoreOf(
      historyOf({ ago: 40, sales: 4_000 }, { ago: 20, sales: 6_000 }, { ago: 3, sales: 5_000 }),
    );

    expect(score).toMatchObject({
      asOf,
      lifecycle: 'repeat',
      rfm: { recency: 5 },
      churn: { band: 'low', reasons: expect.any(Array) },
    });
    expect(Object.keys(score).sort()).toEqual(['asOf', 'churn', 'lifecycle', 'rfm', 'tier', 'value']);
  });

  it('rounds probabilities and purchases to hundredths and money to minor units, always within their ranges', () => {
    for (const { history } of shop) {
      const { value, churn } = scoreOf(history);
      if (value === undefined || churn === undefined) throw new Error('not scored');
      for (const hundredths of [value.alive, value.purchases, churn.probability]) {
        expect(hundredths).toBe(Math.round(hundredths * 100) / 100);
        expect(hundredths).toBeGreaterThanOrEqual(0);
      }
      expect(Math.max(value.alive, churn.probability)).toBeLessThanOrEqual(1);
      expect(Number.isInteger(value.spend) && Number.isInteger(value.lifetime)).toBe(true);
      expect(value.spend).toBeGreaterThan(0);
    }
  });

  it('takes the lifetime as purchases times spend times margin of the coming year', () => {
    if (model.purchases.status !== 'fitted') throw new Error(model.purchases.reason);
    const { value } = scoreOf(historyOf({ ago: 60, sales: 4_000 }, { ago: 10, sales: 4_000 }));
    const purchases = expectedPurchases(model.purchases.params, { x: 1, tx: 50, T: 60 }, 365);

    expect(value?.purchases).toBe(Math.round(purchases * 100) / 100);
    expect(Math.abs((value?.lifetime ?? 0) - purchases * (value?.spend ?? 0) * 0.25)).toBeLessThan(purchases);
  });

  it('expects money of the population, and not less than nothing, from who returned more than was bought', () => {
    const { value } = scoreOf(historyOf({ ago: 10, sales: 1_000, returns: 9_000 }));

    expect(value?.spend).toBeGreaterThan(0);
    expect(value?.lifetime).toBeGreaterThanOrEqual(0);
  });

  it('leaves out what the night declined', () => {
    const small = fitNight(observe(noStatistics(10), { id: 'member_a', history: historyOf(3) }, TODAY), {
      asOf: TODAY,
      churnWindowDays: 90,
      margin: 0.25,
    });

    expect(scorer(small)(historyOf(3))).toEqual({
      asOf,
      lifecycle: 'first-purchase',
      rfm: { recency: 5, frequency: 1, monetary: 1, cell: 'new' },
      tier: 'base',
    });
    const { rfm: _rfm, tiers: _tiers, ...bare } = small;
    expect(scorer(bare)(historyOf(3))).toEqual({ asOf, lifecycle: 'first-purchase' });
  });

  it('needs both models of value', () => {
    const half: NightModel = { ...model, spend: { status: 'declined', reason: 'too few' } };

    expect(scorer(half)(historyOf(3))).not.toHaveProperty('value');
  });
});

const before: Score = {
  asOf,
  lifecycle: 'repeat',
  rfm: { recency: 4, frequency: 3, monetary: 3, cell: 'potential-loyalists' },
  tier: 'gold',
  value: { alive: 0.5, purchases: 4, spend: 2_000, lifetime: 1_000 },
  churn: { probability: 0.3, band: 'low', reasons: ['higher risk: last bought 40 days ago'] },
};
type Value = NonNullable<Score['value']>;
type Churn = NonNullable<Score['churn']>;
const withValue = (value: Partial<Value>): Score => ({
  ...before,
  value: { ...(before.value as Value), ...value },
});
const withChurn = (churn: Partial<Churn>): Score => ({
  ...before,
  churn: { ...(before.churn as Churn), ...churn },
});
const { rfm, value: _value, churn: _churn, tier: _tier, ...bare } = before;

describe('a score that moved', () => {
  it.each<[string, Score]>([
    ['another stage', { ...before, lifecycle: 'at-risk' }],
    ['another tier', { ...before, tier: 'standard' }],
    ['another cell', { ...before, rfm: { recency: 4, frequency: 3, monetary: 3, cell: 'loyal' } }],
    [
      'another quintile of recency',
      { ...before, rfm: { ...(rfm as NonNullable<Score['rfm']>), recency: 3 } },
    ],
    [
      'another quintile of frequency',
      { ...before, rfm: { ...(rfm as NonNullable<Score['rfm']>), frequency: 4 } },
    ],
    ['another quintile of spend', { ...before, rfm: { ...(rfm as NonNullable<Score['rfm']>), monetary: 2 } }],
    ['two hundredths less alive', withValue({ alive: 0.48 })],
    ['more than a twentieth more purchases', withValue({ purchases: 4.21 })],
    ['more than a twentieth less spend', withValue({ spend: 1_899 })],
    ['more than a twentieth more lifetime', withValue({ lifetime: 1_051 })],
    ['two hundredths more risk', withChurn({ probability: 0.32 })],
    ['another band', withChurn({ band: 'medium' })],
    ['no models any more', bare],
  ])('has %s', (_name, next) => {
    expect(moved(before, next)).toBe(true);
  });

  it('is the first one', () => {
    expect(moved(undefined, before)).toBe(true);
  });

  it('has lost or gained one of its parts', () => {
    for (const part of ['rfm', 'tier', 'value', 'churn'] as const) {
      const { [part]: _left, ...rest } = before;
      expect(moved(before, rest)).toBe(true);
      expect(moved(rest, before)).toBe(true);
    }
  });

  it('is above nothing where there was nothing', () => {
    expect(moved(withValue({ lifetime: 0 }), withValue({ lifetime: 1 }))).toBe(true);
  });
});

describe('a score that did not move', () => {
  it.each<[string, Score]>([
    ['nothing new', { ...before }],
    ['only another night', { ...before, asOf: '2026-07-01' as IsoDate }],
    ['a hundredth less alive', withValue({ alive: 0.49 })],
    ['a twentieth more purchases', withValue({ purchases: 4.2 })],
    ['a twentieth less spend', withValue({ spend: 1_900 })],
    ['a twentieth more lifetime', withValue({ lifetime: 1_050 })],
    ['a hundredth more risk', withChurn({ probability: 0.31 })],
    ['other words', withChurn({ reasons: ['higher risk: last bought 41 days ago'] })],
  ])('has %s', (_name, next) => {
    expect(moved(before, next)).toBe(false);
  });

  it('had no parts before and has none now', () => {
    expect(moved(bare, { ...bare })).toBe(false);
  });
});
