import type { ChurnModel } from './churn-model.ts';
import { type ChurnTheme, signalNamed } from './churn-signals.ts';
import type { Features } from './features.ts';

const REASONS = 3;
/** In log-odds: what shifts the odds by less than a tenth explains nothing. */
const WORTH_SAYING = 0.1;

/**
 * Up to three facts that set this customer most apart from the mean one, largest first, from what each
 * effect adds to the log-odds.
 */
export function reasonsOf(model: ChurnModel, features: Features, parts: readonly number[]): string[] {
  const sums = model.effects.reduce<Partial<Record<ChurnTheme, number>>>((byTheme, { name }, index) => {
    const { theme } = signalNamed(name);
    byTheme[theme] = (byTheme[theme] ?? 0) + (parts[index] ?? 0) * model.calibration.slope;
    return byTheme;
  }, {});
  return (Object.entries(sums) as [ChurnTheme, number][])
    .filter(([, sum]) => Math.abs(sum) >= WORTH_SAYING)
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .slice(0, REASONS)
    .map(([theme, sum]) => `${sum > 0 ? 'higher' : 'lower'} risk: ${words[theme](features, model)}`);
}

const words: Readonly<Record<ChurnTheme, (features: Features, model: ChurnModel) => string>> = {
  absence: ({ recency, overRhythm }) =>
    overRhythm === undefined || overRhythm < 1
      ? lastBought(recency)
      : `${lastBought(recency)}, ${times(overRhythm)} the own usual gap`,
  frequency: ({ orderDays }) => (orderDays === 1 ? 'bought on one day only' : `bought on ${orderDays} days`),
  spend: (features, model) => `net spend is ${spendsMore(features, model) ? 'above' : 'below'} the usual`,
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

const spendsMore = (features: Features, { effects, typicalGap }: ChurnModel): boolean => {
  const usual = effects.find(({ name }) => name === 'net-spend')?.usual ?? 0;
  return signalNamed('net-spend').of(features, typicalGap) > usual;
};
