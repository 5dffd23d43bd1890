import type { Severity } from '../events/complaint-recorded.ts';
import type { SurveyKind } from '../events/survey.ts';
import { combineLatest, type Heard, type Latest, later } from './latest.ts';

const steps = ['open', 'called', 'closed'] as const;

/** Where a ticket or complaint stands. */
export interface Case extends Heard {
  readonly step: (typeof steps)[number];
  /** Of a complaint. */
  readonly severity?: Severity;
  readonly topic?: string;
}

/** More than anybody has at once; beyond that the ones heard of longest ago are let go. */
export const MOST_CASES = 20;

export const combineCases = (a: Latest<Case>, b: Latest<Case>): Latest<Case> =>
  combineLatest(a, b, MOST_CASES, laterStep);

/** Of two words in one instant the one further on counts. */
const laterStep = (a: Case, b: Case): Case =>
  a.at === b.at && a.step !== b.step ? (steps.indexOf(a.step) > steps.indexOf(b.step) ? a : b) : later(a, b);

/** Answers of one kind: how many, their sum, and the latest. */
export interface Answers extends Heard {
  readonly count: number;
  readonly sum: number;
  readonly score: number;
}

export type Asked = SurveyKind | 'review';

/** Of two answers in one instant the worse one is the latest: care is cheaper than no care. */
export function addAnswers(a: Answers, b: Answers): Answers {
  const aLeads = a.at === b.at ? a.score <= b.score : a.at > b.at;
  const { score, at } = aLeads ? a : b;
  return { count: a.count + b.count, sum: a.sum + b.sum, score, at };
}

export const oneAnswer = (score: number, at: string): Answers => ({ count: 1, sum: score, score, at });
