import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { failureFacts } from '../../shared/domain/kernel/failure-facts.ts';

const logger = new Logger({ serviceName: 'clientele' });

/** Names the invocation on every line of it. */
export const perInvocation = () => injectLambdaContext(logger);

/** Ids and codes, never contents. */
export const logFailure = (
  what: string,
  error: unknown,
  ids: Readonly<Record<string, string | number>> = {},
): void => logger.error(what, { ...ids, ...failureFacts(error) });

export const log = (what: string, facts: Readonly<Record<string, string | number>>): void =>
  logger.info(what, { ...facts });
