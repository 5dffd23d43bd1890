import { type ChurnSignal, churnSignals, signalNamed } from './churn-signals.ts';
import type { Features } from './features.ts';
import { dot } from './linear-algebra.ts';
import { fitLogistic, type LabelledRow } from './logistic-regression.ts';
import { logistic } from './special-functions.ts';
import { basisFor, type Curve, columnsOf, curveFrom, heightAt, type SplineBasis } from './spline.ts';

/** A customer as known on one day, and whether no purchase followed within the window. */
export interface ChurnRow {
  readonly features: Features;
  readonly churned: boolean;
}

/** How one signal bends the log-odds of churn. */
export interface Effect {
  readonly name: string;
  readonly curve: Curve;
  /** Height of the curve for the mean customer, and the mean of the signal. */
  readonly centre: number;
  readonly usual: number;
}

/**
 * Log-odds = intercept + sum of the effects against the mean customer, calibrated by Platt's line
 * ("Probabilistic Outputs for Support Vector Machines", 1999).
 */
export interface ChurnModel {
  /** Median of the mean gaps of those who bought more than once, days. */
  readonly typicalGap: number;
  readonly intercept: number;
  readonly effects: readonly Effect[];
  readonly calibration: { readonly slope: number; readonly offset: number };
}

/** Ridge penalty on standardised columns. On real receipts 1 to 50 differ by 0.001 in AUC and in Brier. */
const PENALTY = 10;
/** Keeps Platt's line finite where the classes part cleanly. */
const CALIBRATION_PENALTY = 0.1;
const FOLDS = 5;

/**
 * Fits the effects on all rows. Calibration is cross-fitted: rows are dealt in turn to five folds, each is
 * scored by a model of the other four, and Platt's line is drawn through these. Undefined where the rows do not
 * determine a model.
 */
export function trainChurn(
  rows: readonly ChurnRow[],
  signals: readonly ChurnSignal[] = churnSignals,
): ChurnModel | undefined {
  const whole = trainEffects(rows, signals);
  if (whole === undefined) return undefined;
  const unseen: LabelledRow[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const model = trainEffects(
      rows.filter((_, index) => index % FOLDS !== fold),
      signals,
    );
    if (model === undefined) return undefined;
    for (const { features, churned } of rows.filter((_, index) => index % FOLDS === fold)) {
      unseen.push({ columns: [rawLogOdds(model, features)], label: churned ? 1 : 0 });
    }
  }
  const line = fitLogistic(unseen, CALIBRATION_PENALTY);
  if (line === undefined) return undefined;
  return { ...whole, calibration: { slope: line.coefficients[0] as number, offset: line.intercept } };
}

type Uncalibrated = Omit<ChurnModel, 'calibration'>;

function trainEffects(rows: readonly ChurnRow[], signals: readonly ChurnSignal[]): Uncalibrated | undefined {
  const typicalGap = typicalGapOf(rows);
  const parts = signals.map(({ name, of }) => {
    const values = rows.map(({ features }) => of(features, typicalGap));
    return partOf(name, values);
  });
  const model = fitLogistic(
    rows.map(({ churned }, row) => ({
      columns: parts.flatMap(({ columns }) => columns.map(({ standard }) => standard[row] as number)),
      label: churned ? 1 : 0,
    })),
    PENALTY,
  );
  if (model === undefined) return undefined;
  const left = [...model.coefficients];
  const effects = parts.map((part) => effectOf(part, left.splice(0, part.columns.length)));
  return { typicalGap, intercept: model.intercept, effects };
}

/** Where nobody bought twice, two months. */
const UNKNOWN_GAP = 60;

function typicalGapOf(rows: readonly ChurnRow[]): number {
  const gaps = rows.flatMap(({ features }) => features.meanGap ?? []).sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length / 2)] ?? UNKNOWN_GAP;
}

/** One column of a regression, scaled to mean 0 and spread 1, so that the penalty weighs all alike. */
interface Column {
  readonly mean: number;
  readonly spread: number;
  readonly standard: readonly number[];
}

/** A signal, bent by its spline. */
interface Part {
  readonly name: string;
  readonly basis: SplineBasis;
  readonly usual: number;
  readonly columns: readonly Column[];
}

function partOf(name: string, values: readonly number[]): Part {
  const basis = basisFor(values);
  const bent = values.map((value) => columnsOf(basis, value));
  const columns = columnsOf(basis, 0).map((_, index) =>
    standardised(bent.map((row) => row[index] as number)),
  );
  return { name, basis, usual: meanOf(values), columns };
}

function standardised(values: readonly number[]): Column {
  const mean = meanOf(values);
  // A column that is the same for everybody says nothing and must not divide by zero.
  const spread = Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2))) || 1;
  return { mean, spread, standard: values.map((value) => (value - mean) / spread) };
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function effectOf({ name, basis, usual, columns }: Part, coefficients: readonly number[]): Effect {
  const raw = columns.map(({ spread }, index) => (coefficients[index] as number) / spread);
  const centre = dot(
    raw,
    columns.map(({ mean }) => mean),
  );
  return { name, curve: curveFrom(basis, raw), centre, usual };
}

/** What each effect adds to the log-odds of the mean customer, before calibration. */
export const contributions = ({ typicalGap, effects }: Uncalibrated, features: Features): number[] =>
  effects.map(
    ({ name, curve, centre }) => heightAt(curve, signalNamed(name).of(features, typicalGap)) - centre,
  );

const rawLogOdds = (model: Uncalibrated, features: Features): number =>
  model.intercept + contributions(model, features).reduce((sum, part) => sum + part, 0);

/** Calibrated probability of no purchase within the window. */
export const churnProbability = (model: ChurnModel, features: Features): number =>
  logistic(model.calibration.slope * rawLogOdds(model, features) + model.calibration.offset);
