import type { PurchaseHistory } from '../customers/history.ts';
import { aliveProbability, expectedPurchases } from './bg-nbd.ts';
import { churnOf } from './churn-score.ts';
import { type Features, featuresAsOf } from './features.ts';
import { expectedSpend } from './gamma-gamma.ts';
import { lifecycleOf } from './lifecycle.ts';
import type { NightModel } from './night-model.ts';
import { rfmOf } from './rfm.ts';
import type { Score } from './score.ts';
import { purchaseRow, spendRow } from './value-models.ts';
import { tierOf } from './value-tiers.ts';

/** Forecasts look this far ahead, days. */
const HORIZON = 365;

/** A night's way to score a customer. What the model declined is absent. */
export const scorer =
  (model: NightModel) =>
  (history: PurchaseHistory): Score =>
    scoreOf(history, model);

function scoreOf(history: PurchaseHistory, model: NightModel): Score {
  const features = featuresAsOf(history, model.day);
  const lifecycle = lifecycleOf(features);
  if (features === undefined) return { asOf: model.asOf, lifecycle };
  const value = forecastOf(features, model);
  return {
    asOf: model.asOf,
    lifecycle,
    ...(model.rfm && { rfm: rfmOf(features, model.rfm) }),
    ...(model.tiers && { tier: tierOf(features.net, model.tiers) }),
    ...(value && { value }),
    ...(model.churn.status === 'fitted' && { churn: churnOf(model.churn.model, features) }),
  };
}

function forecastOf(features: Features, { purchases, spend, margin }: NightModel): Score['value'] {
  if (purchases.status === 'declined' || spend.status === 'declined') return undefined;
  const seen = purchaseRow(features);
  const { x, mean } = spendRow(features);
  const expected = expectedPurchases(purchases.params, seen, HORIZON);
  // Who returned more than was bought is a buyer of nothing, not of less than nothing.
  const each = expectedSpend(spend.params, { x, mean: Math.max(0, mean) });
  return {
    alive: hundredths(aliveProbability(purchases.params, seen)),
    purchases: hundredths(expected),
    spend: Math.round(each),
    lifetime: Math.round(expected * each * margin),
  };
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;

/** Probabilities count as moved from this distance on. */
const PROBABILITY_PERCENT = 2;
/** Purchases and money count as moved beyond this share of what they were. */
const AMOUNT_PERCENT = 5;

/**
 * Is the new score worth writing? Categories always are; numbers when they moved noticeably. Reasons are
 * words about the numbers, they follow.
 */
export function moved(previous: Score | undefined, next: Score): boolean {
  return (
    previous === undefined ||
    previous.lifecycle !== next.lifecycle ||
    previous.tier !== next.tier ||
    rfmMoved(previous.rfm, next.rfm) ||
    valueMoved(previous.value, next.value) ||
    churnMoved(previous.churn, next.churn)
  );
}

function rfmMoved(previous: Score['rfm'], next: Score['rfm']): boolean {
  if (previous === undefined || next === undefined) return previous !== next;
  return (
    previous.cell !== next.cell ||
    previous.recency !== next.recency ||
    previous.frequency !== next.frequency ||
    previous.monetary !== next.monetary
  );
}

function valueMoved(previous: Score['value'], next: Score['value']): boolean {
  if (previous === undefined || next === undefined) return previous !== next;
  return (
    probabilityMoved(previous.alive, next.alive) ||
    amountMoved(previous.purchases, next.purchases) ||
    amountMoved(previous.spend, next.spend) ||
    amountMoved(previous.lifetime, next.lifetime)
  );
}

function churnMoved(previous: Score['churn'], next: Score['churn']): boolean {
  if (previous === undefined || next === undefined) return previous !== next;
  return previous.band !== next.band || probabilityMoved(previous.probability, next.probability);
}

/** A hundred times the distance. Scores are whole hundredths; rounding keeps 0.32 - 0.30 from falling short. */
const distance = (previous: number, next: number): number => Math.round(100 * Math.abs(next - previous));

const probabilityMoved = (previous: number, next: number): boolean =>
  distance(previous, next) >= PROBABILITY_PERCENT;

const amountMoved = (previous: number, next: number): boolean =>
  distance(previous, next) > AMOUNT_PERCENT * Math.abs(previous);
