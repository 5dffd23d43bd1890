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
  let rankSum = 0;
  let positives = 0;
  for (let start = 0; start < ascending.length; ) {
    let end = start;
    let positivesHere = 0;
    for (const { label } of tiesFrom(ascending, start)) {
      positivesHere += label;
      end += 1;
    }
    // Ranks start + 1 to end, their mean for each.
    rankSum += positivesHere * ((start + 1 + end) / 2);
    positives += positivesHere;
    start = end;
  }
  const pairs = positives * (ascending.length - positives);
  return pairs === 0 ? 0.5 : (rankSum - (positives * (positives + 1)) / 2) / pairs;
}
