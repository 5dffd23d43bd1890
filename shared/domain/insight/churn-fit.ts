import type { PurchaseHistory } from '../customers/history.ts';
import { type Day, daysBefore, type IsoDate, isoFromDay } from '../kernel/day.ts';
import { type ChurnModel, type ChurnRow, churnProbability, trainChurn } from './churn-model.ts';
import { recencySignal } from './churn-signals.ts';
import { featuresAsOf, purchasedWithin } from './features.ts';
import { type Judgement, judge } from './judgement.ts';

/** How a model of the window before did on the last full window, which it had not seen. */
export interface BackTest {
  /** The model knew what was known at the close of this day, and was judged from the second one on. */
  readonly trainedAsOf: IsoDate;
  readonly judgedAsOf: IsoDate;
  readonly model: Judgement;
  /** The same kind of model with recency as its only signal: what the others must beat. */
  readonly recencyAlone: Judgement;
}

export type ChurnFit =
  | {
      readonly status: 'fitted';
      readonly model: ChurnModel;
      readonly rows: number;
      readonly backTest: BackTest;
    }
  | { readonly status: 'declined'; readonly reason: string; readonly backTest?: BackTest };

/** Below this the calibration of a tenth of the customers would rest on a handful. */
export const churnMinimum = { customers: 200, ofEachOutcome: 50 } as const;

/**
 * Trains on the last full window and proves the method on the window before: one model as of two windows
 * ago is judged by what happened in the last one. Declines, with the reason, where the data are too few or
 * where the back-test is no better than telling everybody the base rate.
 */
export function fitChurn(histories: readonly PurchaseHistory[], asOf: Day, windowDays: number): ChurnFit {
  const judgedAsOf = daysBefore(asOf, windowDays);
  const trainedAsOf = daysBefore(judgedAsOf, windowDays);
  const earlier = churnRows(histories, trainedAsOf, windowDays);
  const latest = churnRows(histories, judgedAsOf, windowDays);
  const lack = lackOf(earlier, trainedAsOf, windowDays) ?? lackOf(latest, judgedAsOf, windowDays);
  if (lack !== undefined) return { status: 'declined', reason: lack };

  const challenger = trainChurn(earlier);
  const baseline = trainChurn(earlier, [recencySignal]);
  const model = trainChurn(latest);
  if (challenger === undefined || baseline === undefined || model === undefined) {
    return { status: 'declined', reason: 'The regression did not settle on these customers' };
  }
  const backTest: BackTest = {
    trainedAsOf: isoFromDay(trainedAsOf) as IsoDate,
    judgedAsOf: isoFromDay(judgedAsOf) as IsoDate,
    model: judgeChurn(challenger, latest),
    recencyAlone: judgeChurn(baseline, latest),
  };
  if (backTest.model.logLoss >= entropy(backTest.model.baseRate)) {
    const reason = 'In the back-test the model was no better than telling everybody the base rate';
    return { status: 'declined', reason, backTest };
  }
  return { status: 'fitted', model, rows: latest.length, backTest };
}

/** Everybody with an order up to `day`, as known then, and whether none followed within the window. */
export const churnRows = (histories: readonly PurchaseHistory[], day: Day, windowDays: number): ChurnRow[] =>
  histories.flatMap((history) => {
    const features = featuresAsOf(history, day);
    if (features === undefined) return [];
    return { features, churned: !purchasedWithin(history, day, (day + windowDays) as Day) };
  });

/** Sets what the model says against what came. */
export const judgeChurn = (model: ChurnModel, rows: readonly ChurnRow[]): Judgement =>
  judge(
    rows.map(({ features, churned }) => ({
      probability: churnProbability(model, features),
      label: churned ? 1 : 0,
    })),
  );

function lackOf(rows: readonly ChurnRow[], day: Day, windowDays: number): string | undefined {
  const { customers, ofEachOutcome } = churnMinimum;
  const on = isoFromDay(day);
  if (rows.length < customers) {
    return `On ${on} only ${rows.length} customers of the sample had bought; ${customers} are needed`;
  }
  const stayed = rows.filter(({ churned }) => !churned).length;
  if (Math.min(stayed, rows.length - stayed) >= ofEachOutcome) return undefined;
  return (
    `Of ${rows.length} customers ${stayed} bought again within ${windowDays} days after ${on} ` +
    `and ${rows.length - stayed} did not; ${ofEachOutcome} of each are needed`
  );
}

/** Log-loss of telling everybody the base rate, nats. */
const entropy = (p: number): number => -(p * Math.log(p) + (1 - p) * Math.log(1 - p));
