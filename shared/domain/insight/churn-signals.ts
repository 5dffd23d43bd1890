import { InvalidInput } from '../kernel/errors.ts';
import type { Minor } from '../kernel/money.ts';
import type { Features } from './features.ts';

/** Signals that speak of the same thing; a reason is given for a theme, since its signals share their effect. */
export type ChurnTheme = 'absence' | 'frequency' | 'spend' | 'activity' | 'returns';

/** One thing that the churn model looks at. */
export interface ChurnSignal {
  readonly name: string;
  readonly theme: ChurnTheme;
  /** On a log scale, where ratios count and the long tails of retail lose their weight. */
  readonly of: (features: Features, typicalGap: number) => number;
}

/** The signal that a plain rule of thumb would use; the model has to beat it. */
export const recencySignal: ChurnSignal = {
  name: 'recency',
  theme: 'absence',
  of: ({ recency }) => Math.log1p(recency),
};

/** Who returned more than was bought has spent nothing. */
export const logSpend = (net: Minor): number => Math.log1p(Math.max(0, net));

/**
 * The age of a customer is left out on purpose: where the records begin on one day it only tells how old
 * the records are, and what is learned from it is wrong a season later.
 */
export const churnSignals: readonly ChurnSignal[] = [
  recencySignal,
  {
    name: 'over-rhythm',
    theme: 'absence',
    // A gap of the typical length is added to the customer's own, so that one or two purchases make no rhythm.
    of: ({ recency, age, orderDays }, typicalGap) =>
      Math.log1p((recency * orderDays) / (age - recency + typicalGap)),
  },
  { name: 'order-days', theme: 'frequency', of: ({ orderDays }) => Math.log(orderDays) },
  { name: 'net-spend', theme: 'spend', of: ({ net }) => logSpend(net) },
  { name: 'last-90-days', theme: 'activity', of: ({ last90 }) => Math.log1p(last90.orders) },
  {
    name: 'trend',
    theme: 'activity',
    of: ({ last90, trend }) => Math.log1p(last90.orders) - Math.log1p(last90.orders - trend),
  },
  // Ten per cent returned is much, so the scale bends there.
  { name: 'returns', theme: 'returns', of: ({ returnsShare }) => Math.log1p(10 * returnsShare) },
];

const byName = new Map(churnSignals.map((signal) => [signal.name, signal]));

/** A stored model names its signals; one that is no longer known cannot be scored. */
export function signalNamed(name: string): ChurnSignal {
  const signal = byName.get(name);
  if (signal !== undefined) return signal;
  throw new InvalidInput(
    'unknown-signal',
    'effects.name',
    `effects.name: '${name}' is no known churn signal; run the fit step again`,
  );
}
