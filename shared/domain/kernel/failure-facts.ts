import { ClienteleError, InvalidInput } from './errors.ts';

/** What may be logged of a failure: codes and places. Messages quote what they choked on, so they stay out. */
export interface FailureFacts {
  /** Our code, or the name of a foreign error. */
  readonly error: string;
  readonly path?: string;
  /** Frames of the stack. */
  readonly at?: readonly string[];
  readonly cause?: string;
}

const MOST_FRAMES = 6;

export function failureFacts(error: unknown): FailureFacts {
  if (!(error instanceof Error)) return { error: typeof error };
  return {
    error: error instanceof ClienteleError ? error.code : error.name,
    ...(error instanceof InvalidInput && error.path !== '' ? { path: error.path } : {}),
    at: framesOf(error),
    ...(error.cause instanceof Error ? { cause: error.cause.name } : {}),
  };
}

const framesOf = ({ stack = '' }: Error): readonly string[] =>
  stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, MOST_FRAMES);
