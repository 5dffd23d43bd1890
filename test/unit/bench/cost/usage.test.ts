import { describe, expect, it } from 'vitest';
import { type Meter, prices } from '../../../../bench/cost/prices.ts';
import { bill, dollarsOf, only, plus, tally, times, without } from '../../../../bench/cost/usage.ts';

describe('the price list', () => {
  it.each(Object.entries(prices))('says of %s what it costs, and where that is written', (_meter, price) => {
    expect(price.dollars).toBeGreaterThan(0);
    expect(price.per).toBeGreaterThan(0);
    expect(price.source).toMatch(/20\d\d/);
  });
});

describe('a bill', () => {
  it('of a million receipts of six write units and one read unit each', () => {
    const usage = { writeUnits: 6_000_000, readUnits: 1_000_000 };

    expect(dollarsOf(usage)).toBeCloseTo(6 * 0.625 + 0.125, 10);
    expect([...bill(usage)]).toEqual([
      ['DynamoDB writes', 3.75],
      ['DynamoDB reads', 0.125],
    ]);
  });

  it('puts the meters of one service together', () => {
    expect(bill({ invocations: 1_000_000, gbSeconds: 1_000 }).get('Lambda')).toBeCloseTo(0.2 + 0.0133334, 10);
  });

  it('of nothing is nothing', () => {
    expect(dollarsOf({})).toBe(0);
  });
});

describe('usage', () => {
  it('is counted up and taken once', () => {
    const counter = tally();
    counter.count('events', 2);
    counter.count('events', 3);

    expect(counter.take()).toEqual({ events: 5 });
    expect(counter.take()).toEqual({});
  });

  it('adds, scales and falls into two parts that make the whole', () => {
    const [a, b] = [{ events: 1, traces: 2 }, { traces: 3 }];
    const meters: readonly Meter[] = ['traces'];

    expect(plus(a, b)).toEqual({ events: 1, traces: 5 });
    expect(times(a, 3)).toEqual({ events: 3, traces: 6 });
    expect(plus(only(a, meters), without(a, meters))).toEqual(a);
  });
});
