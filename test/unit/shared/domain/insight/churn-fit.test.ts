import { describe, expect, it } from 'vitest';
import { churnRows, fitChurn, judgeChurn } from '../../../../../shared/domain/insight/churn-fit.ts';
import { trainChurn } from '../../../../../shared/domain/insight/churn-model.ts';
import { recencySignal } from '../../../../../shared/domain/insight/churn-signals.ts';
import { dayFromIso } from '../../../../../shared/domain/kernel/day.ts';
import { onlineRetailHistories, onlineRetailIsThere } from './online-retail.ts';
import { daysAgo, historyOf, seeded, shopCustomers, TODAY } from './synthetic.ts';
import { trained, WINDOW } from './trained-churn.ts';

const shop = shopCustomers(1_500).map(({ history }) => history);

describe('rows to learn from', () => {
  it('take everybody who had bought by then, as known then, and what followed within the window', () => {
    const histories = [historyOf(200, 80), historyOf(200), historyOf(80), historyOf(200, 0)];

    const rows = churnRows(histories, daysAgo(WINDOW), WINDOW);

    expect(rows.map(({ churned }) => churned)).toEqual([false, true, false]);
    expect(rows.map(({ features }) => features.recency)).toEqual([110, 110, 110]);
  });

  it('do not count a purchase after the window', () => {
    expect(churnRows([historyOf(200, 5)], daysAgo(100), 90).map(({ churned }) => churned)).toEqual([true]);
  });
});

describe('a night that fits churn', () => {
  it('trains on the last full window and proves itself on it with a model of the one before', () => {
    const fit = fitChurn(shop, TODAY, WINDOW);

    if (fit.status !== 'fitted') throw new Error(fit.reason);
    expect(fit.backTest).toMatchObject({ trainedAsOf: '2026-01-01', judgedAsOf: '2026-04-01' });
    expect(fit.model).toEqual(trained(shop));
    expect(fit.backTest.model).toEqual(
      judgeChurn(trained(shop, daysAgo(180)), churnRows(shop, daysAgo(90), WINDOW)),
    );
    expect(fit.rows).toBe(fit.backTest.model.n);
    expect(fit.backTest.model.auc).toBeGreaterThan(fit.backTest.recencyAlone.auc);
    expect(fit.backTest.model.logLoss).toBeLessThan(fit.backTest.recencyAlone.logLoss);
  });

  it('declines with too few customers', () => {
    expect(fitChurn(shop.slice(0, 150), TODAY, WINDOW)).toEqual({
      status: 'declined',
      reason: expect.stringMatching(
        /^On 2026-01-01 only \d+ customers of the sample had bought; 200 are needed$/,
      ),
    });
  });

  it('declines where nearly everybody came back', () => {
    const monthly = Array.from({ length: 250 }, (_, index) =>
      historyOf(...[0, 30, 60, 90, 120, 150, 180, 210].map((ago) => ago + (index % 20))),
    );

    expect(fitChurn(monthly, TODAY, WINDOW)).toEqual({
      status: 'declined',
      reason:
        'Of 250 customers 250 bought again within 90 days after 2026-01-01 and 0 did not; 50 of each are needed',
    });
  });

  it('declines where the last window lacks what the one before had', () => {
    const closed = shop.map((history) => ({
      ...history,
      days: history.days.filter(({ day }) => day <= daysAgo(90)),
    }));

    expect(fitChurn(closed, TODAY, WINDOW)).toMatchObject({
      status: 'declined',
      reason: expect.stringMatching(/^Of \d+ customers 0 bought again within 90 days after 2026-04-01/),
    });
  });

  it('declines rather than give NaN where an amount is not a number', () => {
    const broken = shop.map((history) => ({
      ...history,
      days: history.days.map((day) => ({ ...day, sales: Number.NaN })),
    }));

    expect(fitChurn(broken, TODAY, WINDOW)).toEqual({
      status: 'declined',
      reason: 'The regression did not settle on these customers',
    });
  });

  it('declines where the back-test is no better than the base rate, and shows the back-test', () => {
    // Who comes back is drawn anew for each window, and the second has the opposite of the first.
    const random = seeded(21);
    const fickle = Array.from({ length: 600 }, (_, index) => {
      const quick = index % 2 === 0;
      const early = quick ? [200, 230, 260, 290] : [300];
      const first = random() < 0.5 !== quick ? [] : [150];
      const second = random() < (quick ? 0.15 : 0.85) ? [40] : [];
      return historyOf(...early, ...first, ...second);
    });
    const fit = fitChurn(fickle, TODAY, WINDOW);

    expect(fit).toMatchObject({
      status: 'declined',
      reason: 'In the back-test the model was no better than telling everybody the base rate',
    });
    expect(fit.backTest?.model.n).toBe(600);
  });
});

describe.skipIf(!onlineRetailIsThere)(
  'churn on real receipts, Online Retail (skipped where the file is absent)',
  () => {
    it('trained as of 2011-06-01 foresees the 90 days from 2011-09-01', async () => {
      const histories = [...(await onlineRetailHistories()).values()];
      const train = churnRows(histories, dayFromIso('2011-05-31'), WINDOW);
      const rows = churnRows(histories, dayFromIso('2011-08-31'), WINDOW);

      const model = trainChurn(train);
      const baseline = trainChurn(train, [recencySignal]);
      if (model === undefined || baseline === undefined) throw new Error('no model');
      const judgement = judgeChurn(model, rows);

      expect(judgement.n).toBe(3_317);
      expect(judgement.auc).toBeGreaterThanOrEqual(0.74);
      expect(judgement.logLoss).toBeLessThanOrEqual(0.6);
      expect(judgement.brier).toBeLessThanOrEqual(0.21);
      // The reference of recency alone is 0.684: this checks the rows, not the model.
      expect(judgeChurn(baseline, rows).auc).toBeCloseTo(0.684, 2);
    }, 60_000);
  },
);
