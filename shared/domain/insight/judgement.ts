import { groupBy } from '../kernel/groups.ts';

/** What a model said and what came of it: `label` is 1 where the event happened. */
export interface Outcome {
  readonly probability: number;
  readonly label: 0 | 1;
}

/** How good a set of probabilities was. */
export interface Judgement {
  readonly n: number;
  /** Share in which the event happened. */
  readonly baseRate: number;
  /** Chance that a random case with the event was given more than one without; 0.5 is a coin. */
  readonly auc: number;
  /** Mean surprise, in nats. Lower is better; so is the next. */
  readonly logLoss: number;
  /** Mean squared error (Brier 1950). */
  readonly brier: number;
  /** Tenths by what was said, from low to high: said against seen. */
  readonly deciles: readonly { readonly n: number; readonly said: number; readonly seen: number }[];
}

/** Certainty that turns out wrong costs this much and not infinity. */
const CERTAIN = 1e-6;

export function judge(outcomes: readonly Outcome[]): Judgement {
  const ascending = [...outcomes].sort((a, b) => a.probability - b.probability);
  const n = ascending.length;
  return {
    n,
    baseRate: mean(ascending, ({ label }) => label),
    auc: areaUnderCurve(ascending),
    logLoss: mean(
      ascending,
      ({ probability, label }) => -Math.log(Math.max(CERTAIN, label === 1 ? probability : 1 - probability)),
    ),
    brier: mean(ascending, ({ probability, label }) => (probability - label) ** 2),
    deciles: tenths(ascending).map((tenth) => ({
      n: tenth.length,
      said: mean(tenth, ({ probability }) => probability),
      seen: mean(tenth, ({ label }) => label),
    })),
  };
}

const mean = (outcomes: readonly Outcome[], of: (outcome: Outcome) => number): number =>
  outcomes.reduce((sum, outcome) => sum + of(outcome), 0) / outcomes.length;

const tenths = (ascending: readonly Outcome[]): Outcome[][] =>
  Array.from({ length: 10 }, (_, tenth) =>
    ascending.slice(
      Math.floor((tenth * ascending.length) / 10),
      Math.floor(((tenth + 1) * ascending.length) / 10),
    ),
  ).filter((members) => members.length > 0);

/** Mann and Whitney's U over the number of pairs; equal probabilities share the mean of their ranks. */
function areaUnderCurve(ascending: readonly Outcome[]): number {
  let [rankSum, positives, ranked] = [0, 0, 0];
  for (const ties of groupBy(ascending, ({ probability }) => probability).values()) {
    const events = ties.filter(({ label }) => label === 1).length;
    rankSum += events * (ranked + (ties.length + 1) / 2);
    positives += events;
    ranked += ties.length;
  }
  const pairs = positives * (ascending.length - positives);
  return pairs === 0 ? 0.5 : (rankSum - (positives * (positives + 1)) / 2) / pairs;
}
