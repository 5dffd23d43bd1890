import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { ClienteleError, InvalidInput } from '../../shared/domain/kernel/errors.ts';

const logger = new Logger({ serviceName: 'clientele' });

/** Names the invocation on every line of it. */
export const perInvocation = () => injectLambdaContext(logger);

/** Ids and codes, never contents: messages of foreign errors quote what they choked on, so they stay out. */
export const logFailure = (
  what: string,
  error: unknown,
  ids: Readonly<Record<string, string | number>> = {},
): void => logger.error(what, { ...ids, ...factsOf(error) });

export const log = (what: string, facts: Readonly<Record<string, string | number>>): void =>
  logger.info(what, { ...facts });

function factsOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  return {
    error: error instanceof ClienteleError ? error.code : error.name,
    ...(error instanceof InvalidInput && error.path !== '' ? { path: error.path } : {}),
    at: framesOf(error),
    ...(error.cause instanceof Error ? { cause: error.cause.name } : {}),
  };
}

const MOST_FRAMES = 6;

const framesOf = ({ stack = '' }: Error): string[] =>
  stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, MOST_FRAMES);
