import { describe, expect, it } from 'vitest';
import { featuresAsOf } from '../../../../../shared/domain/insight/features.ts';
import {
  type LifecycleRules,
  lifecycleDefaults,
  lifecycleOf,
} from '../../../../../shared/domain/insight/lifecycle.ts';
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
