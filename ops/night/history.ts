import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { type NightStep, night } from '../../shared/contracts/night.ts';

/** One step of an execution, as its history tells it. */
export interface StepTold {
  readonly step: NightStep;
  /** Undefined while it is at work, and where it failed. */
  readonly millis: number | undefined;
}

const isStep = (name: string | undefined): name is NightStep => night.some(({ step }) => step === name);

/** The steps that were entered, in the order of the plan. */
export function stepsIn(history: readonly HistoryEvent[]): readonly StepTold[] {
  const entered = new Map<NightStep, number>();
  const left = new Map<NightStep, number>();
  for (const { stateEnteredEventDetails, stateExitedEventDetails, timestamp } of history) {
    const at = timestamp?.getTime() ?? 0;
    if (isStep(stateEnteredEventDetails?.name)) entered.set(stateEnteredEventDetails.name, at);
    if (isStep(stateExitedEventDetails?.name)) left.set(stateExitedEventDetails.name, at);
  }
  return [...entered].map(([step, from]) => {
    const to = left.get(step);
    return { step, millis: to === undefined ? undefined : to - from };
  });
}

interface Failure {
  readonly error?: string | undefined;
  /** JSON of the function's answer where a function failed. */
  readonly cause?: string | undefined;
}

/** Our functions fail with their code as name and message; foreign failures have a name and a sentence. */
export function codeOf({ error = 'unknown', cause = '' }: Failure): string {
  try {
    const { errorMessage } = JSON.parse(cause) as { errorMessage?: unknown };
    return typeof errorMessage === 'string' && errorMessage !== error ? `${error}: ${errorMessage}` : error;
  } catch {
    return error;
  }
}
