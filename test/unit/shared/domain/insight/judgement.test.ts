import { describe, expect, it } from 'vitest';
import { judge, type Outcome } from '../../../../../shared/domain/insight/judgement.ts';

const outcomes = (...pairs: readonly (readonly [number, 0 | 1])[]): Outcome[] =>
  pairs.map(([probability, label]) => ({ probability, label }));

describe('judging probabilities by what came', () => {
  it('works out each figure of a case small enough for paper', () => {
    const judgement = judge(outcomes([0.9, 1], [0.4, 1], [0.6, 0], [0.1, 0]));

    expect(judgement).toMatchObject({ n: 4, baseRate: 0.5, auc: 0.75 });
    expect(judgement.logLoss).toBeCloseTo(-(2 * Math.log(0.9) + 2 * Math.log(0.4)) / 4, 12);
    expect(judgement.brier).toBeCloseTo((0.01 + 0.36 + 0.36 + 0.01) / 4, 12);
  });

  it('gives 1 to a perfect order, 0 to the opposite and a half to no order', () => {
    expect(judge(outcomes([0.2, 0], [0.3, 0], [0.8, 1])).auc).toBe(1);
    expect(judge(outcomes([0.8, 0], [0.7, 0], [0.1, 1])).auc).toBe(0);
    expect(judge(outcomes([0.5, 0], [0.5, 1], [0.5, 1], [0.5, 0])).auc).toBe(0.5);
  });

  it('counts a tie as half a win', () => {
    expect(judge(outcomes([0.3, 0], [0.3, 1], [0.1, 0])).auc).toBe(0.75);
  });

  it('calls the order a coin where only one outcome came', () => {
    expect(judge(outcomes([0.3, 1], [0.9, 1])).auc).toBe(0.5);
  });

  it('charges much, and not infinity, for certainty that was wrong', () => {
    expect(judge(outcomes([0, 1], [1, 0])).logLoss).toBeCloseTo(-Math.log(1e-6), 9);
  });

  it('sets what was said against what was seen, by tenths from low to high', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => [index / 100, index % 10 < 3 ? 1 : 0] as const);
    const { deciles } = judge(outcomes(...hundred));

    expect(deciles).toHaveLength(10);
    expect(deciles[0]).toEqual({ n: 10, said: expect.closeTo(0.045, 10), seen: 0.3 });
    expect(deciles[9]).toEqual({ n: 10, said: expect.closeTo(0.945, 10), seen: 0.3 });
  });

  it('leaves out the tenths that nobody falls into', () => {
    expect(judge(outcomes([0.5, 1], [0.6, 0], [0.7, 1])).deciles.map(({ n }) => n)).toEqual([1, 1, 1]);
  });
});
