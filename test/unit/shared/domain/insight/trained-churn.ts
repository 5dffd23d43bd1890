import type { PurchaseHistory } from '../../../../../shared/domain/customers/history.ts';
import { churnRows } from '../../../../../shared/domain/insight/churn-fit.ts';
import { type ChurnModel, trainChurn } from '../../../../../shared/domain/insight/churn-model.ts';
import { type Features, featuresAsOf } from '../../../../../shared/domain/insight/features.ts';
import { daysAgo, TODAY } from './synthetic.ts';

/** Days in which a purchase is expected. */
export const WINDOW = 90;

/** A model trained on the window after that day. */
export function trained(histories: readonly PurchaseHistory[], day = daysAgo(WINDOW)): ChurnModel {
  const model = trainChurn(churnRows(histories, day, WINDOW));
  if (model === undefined) throw new Error('no model');
  return model;
}

/** What is known today of a customer who has bought. */
export function today(history: PurchaseHistory): Features {
  const features = featuresAsOf(history, TODAY);
  if (features === undefined) throw new Error('no order');
  return features;
}
