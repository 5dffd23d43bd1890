import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featuresAsOf } from '../../../../../shared/domain/insight/features.ts';
import {
  type LifecycleRules,
  lifecycleDefaults,
  lifecycleOf,
  stageOn,
} from '../../../../../shared/domain/insight/lifecycle.ts';
import type { Day } from '../../../../../shared/domain/kernel/day.ts';
import { historyOf, TODAY } from './synthetic.ts';

const stage = (daysAgo: readonly number[], rules?: LifecycleRules) =>
  lifecycleOf(featuresAsOf(historyOf(...daysAgo), TODAY), rules);

describe('the stage of a customer', () => {
  it.each([
    ['a lead', [], 'lead'],
    ['a first purchase today', [0], 'first-purchase'],
    ['a first purchase on the last day before dormancy', [89], 'first-purchase'],
    ['dormant after 90 days of nothing', [90], 'dormant'],
    ['dormant, however good before', [90, 91, 92, 93, 94, 95], 'dormant'],
    ['dormant up to a year', [364, 380], 'dormant'],
    ['lost after a year', [365, 380], 'lost'],
    ['a repeat buyer', [10, 40], 'repeat'],
    ['loyal with five days, the last one not long ago', [25, 40, 55, 70, 85], 'loyal'],
    ['a repeat buyer with four days', [25, 40, 55, 70], 'repeat'],
    ['at risk at twice the own rhythm', [28, 42, 56, 70], 'at-risk'],
    ['not yet at risk just before', [27, 41, 55, 69], 'repeat'],
    ['not at risk within two weeks, however quick the rhythm', [13, 14, 15, 16], 'repeat'],
    ['won back after a gap of dormancy', [5, 95, 110], 'won-back'],
    ['not won back after a shorter gap', [5, 94, 110], 'repeat'],
    ['won back 45 days ago at most', [46, 200], 'repeat'],
    ['dormant again after being won back', [95, 300], 'dormant'],
  ] as const)('is %s', (_name, days, expected) => {
    expect(stage(days)).toBe(expected);
  });

  it('follows rules of its own', () => {
    const milk: LifecycleRules = {
      ...lifecycleDefaults,
      dormantAfterDays: 30,
      lostAfterDays: 60,
      loyal: { orderDays: 2, withinDays: 7, net: 30_000 },
    };

    expect(stage([30], milk)).toBe('dormant');
    expect(stage([60], milk)).toBe('lost');
    expect(stage([5, 10], milk)).toBe('repeat');
    const rich = featuresAsOf(historyOf({ ago: 5, sales: 20_000 }, { ago: 10, sales: 10_000 }), TODAY);
    expect(lifecycleOf(rich, milk)).toBe('loyal');
    const away = featuresAsOf(historyOf({ ago: 8, sales: 20_000 }, { ago: 18, sales: 10_000 }), TODAY);
    expect(lifecycleOf(away, milk)).toBe('repeat');
  });
});

describe('the stage of a day', () => {
  const on = (daysAgo: readonly number[]) => {
    const { stage, since } = stageOn(historyOf(...daysAgo), TODAY);
    return [stage, since === undefined ? undefined : TODAY - since];
  };

  it.each([
    ['a lead has no beginning', [], 'lead', undefined],
    ['a first purchase begins with it', [10], 'first-purchase', 10],
    ['dormancy begins 90 days after the last order', [100], 'dormant', 10],
    ['so does loss after a year', [400], 'lost', 35],
    ['who is at risk is so from twice the own rhythm on', [30, 44, 58, 72], 'at-risk', 2],
    ['who is loyal is so from the fifth day on, through later ones', [5, 20, 35, 50, 65, 80], 'loyal', 20],
    ['who was won back is so since they came', [5, 200], 'won-back', 5],
    ['who was won back is a repeat buyer after that', [50, 200], 'repeat', 4],
  ] as const)('%s', (_what, daysAgo, stage, days) => {
    expect(on(daysAgo)).toEqual([stage, days]);
  });

  it('began on the first day from which on it never was another', () => {
    const orders = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(orders, (daysAgo) => {
        const history = historyOf(...new Set(daysAgo));
        const { stage, since = TODAY } = stageOn(history, TODAY);
        const stageAgo = (days: number) => lifecycleOf(featuresAsOf(history, (TODAY - days) as Day));

        const began = TODAY - since;

        for (let days = 0; days <= began; days += 1) expect(stageAgo(days)).toBe(stage);
        expect(stageAgo(began + 1)).not.toBe(stage);
      }),
    );
  });
});
