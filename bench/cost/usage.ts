import { type Meter, type Price, prices } from './prices.ts';

/** How much ran through each meter. */
export type Usage = Readonly<Partial<Record<Meter, number>>>;

const entries = (usage: Usage) => Object.entries(usage) as [Meter, number][];

/** Counts as it goes along. */
export interface Tally {
  count(meter: Meter, amount: number): void;
  /** What was counted since the last time. */
  take(): Usage;
}

export function tally(): Tally {
  let counted: Partial<Record<Meter, number>> = {};
  return {
    count: (meter, amount) => {
      counted[meter] = (counted[meter] ?? 0) + amount;
    },
    take: () => {
      const taken = counted;
      counted = {};
      return taken;
    },
  };
}

export const times = (usage: Usage, factor: number): Usage =>
  Object.fromEntries(entries(usage).map(([meter, amount]) => [meter, amount * factor]));

export function plus(...usages: readonly Usage[]): Usage {
  const sum = tally();
  for (const usage of usages) for (const [meter, amount] of entries(usage)) sum.count(meter, amount);
  return sum.take();
}

/** Only these meters, or all but these. */
export const only = (usage: Usage, meters: readonly Meter[]): Usage =>
  Object.fromEntries(entries(usage).filter(([meter]) => meters.includes(meter)));

export const without = (usage: Usage, meters: readonly Meter[]): Usage =>
  Object.fromEntries(entries(usage).filter(([meter]) => !meters.includes(meter)));

const costOf = (meter: Meter, amount: number): number => {
  const { dollars, per }: Price = prices[meter];
  return (amount / per) * dollars;
};

export const dollarsOf = (usage: Usage): number =>
  entries(usage).reduce((sum, [meter, amount]) => sum + costOf(meter, amount), 0);

/** Dollars by service, in the order of the price list. */
export function bill(usage: Usage): ReadonlyMap<string, number> {
  const services = new Map<string, number>();
  for (const meter of Object.keys(prices) as Meter[]) {
    const amount = usage[meter];
    if (amount === undefined) continue;
    const { service } = prices[meter];
    services.set(service, (services.get(service) ?? 0) + costOf(meter, amount));
  }
  return services;
}
