import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { StoreUnavailable } from '../../domain/kernel/errors.ts';
import { backOff, type Patience } from './patience.ts';

/** Nothing was written, and soon it may work. */
const PASSING = new Set([
  'ProvisionedThroughputExceededException',
  'ReplicatedWriteConflictException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

/** Why one action of a cancelled transaction failed; None where another was the cause. */
const CONDITION = 'ConditionalCheckFailed';
const PASSING_REASONS = new Set([
  'None',
  CONDITION,
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

const reasonsOf = (error: TransactionCanceledException): readonly string[] =>
  (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');

/** The positions of the failed conditions, when conditions alone cancelled the transaction. */
export function failedConditions(error: unknown): readonly number[] | undefined {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const reasons = reasonsOf(error);
  if (reasons.some((reason) => reason !== 'None' && reason !== CONDITION)) return undefined;
  return reasons.flatMap((reason, index) => (reason === CONDITION ? [index] : []));
}

function isPassing(error: unknown): boolean {
  if (error instanceof TransactionCanceledException)
    return reasonsOf(error).every((reason) => PASSING_REASONS.has(reason));
  return error instanceof Error && PASSING.has(error.name);
}

/** Node's and libc's names of failed connections: ECONNREFUSED, EAI_AGAIN. */
const CONNECTION_CODE = /^E(AI_)?[A-Z]+$/;

/** The service's own failure, or no answer reached us. */
function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('$fault' in error) return error.$fault === 'server';
  return error.name === 'TimeoutError' || ('code' in error && CONNECTION_CODE.test(String(error.code)));
}

const unavailable = (error: unknown): StoreUnavailable =>
  new StoreUnavailable(
    `DynamoDB cannot be used now: ${error instanceof Error ? error.name : String(error)}`,
    { cause: error },
  );

/**
 * Calls until it works, an error stays that waiting does not mend, or patience ends in StoreUnavailable.
 * Where no answer came at all, the call may have been carried out: whoever repeats it reads first.
 */
export async function persistently<T>(patience: Patience, call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (isAway(error)) throw unavailable(error);
      if (!isPassing(error) || failedConditions(error) !== undefined) throw error;
      if (attempt === patience.attempts) throw unavailable(error);
      await backOff(patience, attempt);
    }
  }
}
