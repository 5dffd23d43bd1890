import { describe, expect, it } from 'vitest';
import { churnRows, judgeChurn } from '../../../../../shared/domain/insight/churn-fit.ts';
import {
  type ChurnModel,
  churnProbability,
  trainChurn,
} from '../../../../../shared/domain/insight/churn-model.ts';
import { featuresAsOf } from '../../../../../shared/domain/insight/features.ts';
import { daysAgo, historyOf, seeded, shopCustomers } from './synthetic.ts';
import { today, trained, WINDOW } from './trained-churn.ts';

const shop = shopCustomers(1_500).map(({ history }) => history);

describe('a churn model of a shop whose quick customers are the faithful ones', () => {
  const model = trained(shop);
  const probability = (...days: readonly number[]): number =>
    churnProbability(model, today(historyOf(...days)));

  it('fears more for who is away longer against the own rhythm', () => {
    expect(probability(120, 127, 134, 141)).toBeGreaterThan(probability(5, 12, 19, 26) + 0.3);
  });

  it('is calibrated: what it says on average is what happens', () => {
    const judgement = judgeChurn(model, churnRows(shop, daysAgo(WINDOW), WINDOW));
    const said = judgement.deciles.reduce((sum, decile) => sum + decile.said * decile.n, 0) / judgement.n;

    expect(Math.abs(said - judgement.baseRate)).toBeLessThan(0.01);
    for (const decile of judgement.deciles) expect(Math.abs(decile.said - decile.seen)).toBeLessThan(0.12);
  });

  it('foresees customers of another year of the same shop', () => {
    const others = churnRows(
      shopCustomers(1_500, 99).map(({ history }) => history),
      daysAgo(WINDOW),
      WINDOW,
    );
    const judgement = judgeChurn(model, others);

    expect(judgement.auc).toBeGreaterThan(0.8);
    expect(judgement.logLoss).toBeLessThan(0.5);
  });

  it('does not follow the order of its rows, but for who shares a fold', () => {
    const backwards = trained([...shop].reverse());

    expect(backwards.intercept).toBeCloseTo(model.intercept, 6);
    expect(backwards.effects[0]?.curve.slope).toBeCloseTo(model.effects[0]?.curve.slope ?? 0, 6);
    expect(Math.abs(backwards.calibration.slope - model.calibration.slope)).toBeLessThan(0.1);
  });

  it('is the same after a file of JSON', () => {
    const stored = JSON.parse(JSON.stringify(model)) as ChurnModel;

    expect(stored).toEqual(model);
  });

  it('cannot be used where it names a signal that is gone', () => {
    const [effect] = model.effects;
    if (effect === undefined) throw new Error('no effect');
    const old: ChurnModel = { ...model, effects: [{ ...effect, name: 'shoe-size' }] };

    expect(() => churnProbability(old, today(historyOf(3)))).toThrow(
      expect.objectContaining({ code: 'unknown-signal' }),
    );
  });
});

describe('training', () => {
  it('has no answer where all came back, or where there is nobody', () => {
    const faithful = churnRows(
      Array.from({ length: 40 }, () => historyOf(200, 10)),
      daysAgo(WINDOW),
      WINDOW,
    );

    expect(trainChurn([])).toBeUndefined();
    expect(trainChurn(faithful)?.calibration.slope).not.toBeNaN();
  });

  it('calibrates on rows that no fold has seen: what was only noise is taken back', () => {
    const random = seeded(8);
    const noise = shop
      .slice(0, 160)
      .flatMap((history) => featuresAsOf(history, daysAgo(WINDOW)) ?? [])
      .map((features) => ({ features, churned: random() < 0.5 }));

    // Seen rows would give a slope of 1 or more, since the effects were fitted to their noise.
    expect(trainChurn(noise)?.calibration.slope).toBeLessThan(0.6);
  });

  it('knows no rhythm where nobody bought twice, and learns from recency all the same', () => {
    const random = seeded(5);
    const once = Array.from({ length: 400 }, (_, index) => {
      const ago = WINDOW + 1 + (index % 200);
      return random() < (ago - WINDOW) / 220 ? historyOf(ago) : historyOf(ago, 10);
    });
    const model = trained(once);

    expect(model.typicalGap).toBe(60);
    expect(churnProbability(model, today(historyOf(180)))).toBeGreaterThan(
      churnProbability(model, today(historyOf(5))) + 0.3,
    );
  });
});
