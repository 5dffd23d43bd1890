import { type ChurnModel, contributions } from './churn-model.ts';
import { reasonsOf } from './churn-reasons.ts';
import type { Features } from './features.ts';
import type { RiskBand, Score } from './score.ts';
import { logistic } from './special-functions.ts';

/**
 * Fixed probabilities, so that a band means the same every night: above about two in three a customer is
 * sooner lost than kept, below about one in three the opposite.
 */
export const riskThresholds = { medium: 0.35, high: 0.65 } as const;

/** The band of a calibrated probability; the threshold itself belongs to the higher band. */
export const bandOf = (probability: number): RiskBand => {
  if (probability >= riskThresholds.high) return 'high';
  return probability >= riskThresholds.medium ? 'medium' : 'low';
};

/** Probability to 0.01, its band, and the facts that set this customer most apart from the mean one. */
export function churnOf(model: ChurnModel, features: Features): NonNullable<Score['churn']> {
  const parts = contributions(model, features);
  const raw = parts.reduce((sum, part) => sum + part, model.intercept);
  const { slope, offset } = model.calibration;
  const probability = Math.round(logistic(slope * raw + offset) * 100) / 100;
  return { probability, band: bandOf(probability), reasons: reasonsOf(model, features, parts) };
}
