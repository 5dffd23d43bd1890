import type { ChurnModel, Effect } from './churn-model.ts';
import { type ChurnTheme, logSpend, signalNamed } from './churn-signals.ts';
import type { Features } from './features.ts';

const REASONS = 3;
/** In log-odds: what shifts the odds by less than a tenth explains nothing. */
const WORTH_SAYING = 0.1;

/**
 * Up to three facts that set this customer most apart from the mean one, largest first, from what each
 * effect adds to the log-odds.
 */
export function reasonsOf(model: ChurnModel, features: Features, parts: readonly number[]): string[] {
  const themes = new Map<ChurnTheme, { sum: number; readonly effect: Effect }>();
  for (const [index, effect] of model.effects.entries()) {
    const { theme } = signalNamed(effect.name);
    const part = (parts[index] as number) * model.calibration.slope;
    const known = themes.get(theme);
    if (known === undefined) themes.set(theme, { sum: part, effect });
    else known.sum += part;
  }
  return [...themes]
    .filter(([, { sum }]) => Math.abs(sum) >= WORTH_SAYING)
    .sort(([, a], [, b]) => Math.abs(b.sum) - Math.abs(a.sum))
    .slice(0, REASONS)
    .map(
      ([theme, { sum, effect }]) => `${sum > 0 ? 'higher' : 'lower'} risk: ${words[theme](features, effect)}`,
    );
}

const words: Readonly<Record<ChurnTheme, (features: Features, effect: Effect) => string>> = {
  absence: ({ recency, overRhythm }) =>
    overRhythm === undefined || overRhythm < 1
      ? lastBought(recency)
      : `${lastBought(recency)}, ${times(overRhythm)} the own usual gap`,
  frequency: ({ orderDays }) => (orderDays === 1 ? 'bought on one day only' : `bought on ${orderDays} days`),
  spend: ({ net }, { usual }) => `net spend is ${logSpend(net) > usual ? 'above' : 'below'} the usual`,
  activity: ({ last90, trend }) =>
    `${orders(last90.orders)} in the last 90 days, ${last90.orders - trend} in the 90 days before`,
  returns: ({ returnsShare }) =>
    returnsShare === 0
      ? 'returned nothing'
      : `returned ${Math.max(1, Math.round(100 * returnsShare))} % of the goods`,
};

const lastBought = (recency: number): string => {
  if (recency === 0) return 'bought today';
  return recency === 1 ? 'last bought yesterday' : `last bought ${recency} days ago`;
};

const times = (ratio: number): string => `${ratio.toFixed(ratio < 10 ? 1 : 0)} times`;

const orders = (count: number): string => {
  if (count === 0) return 'no order';
  return count === 1 ? '1 order' : `${count} orders`;
};
