import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Reactor } from '../../shared/contracts/topology.ts';
import { ClienteleError } from '../../shared/domain/kernel/errors.ts';
import { type Detail, detailIn } from './delivery.ts';
import { lazily } from './lazily.ts';
import { logFailure, perInvocation } from './log.ts';

type Consume<R extends Reactor> = (details: readonly Detail<R>[]) => Promise<unknown>;

interface Delivery<R extends Reactor> {
  readonly id: string;
  readonly detail: Detail<R>;
}

/**
 * SQS in, the messages of a batch consumed together; only what failed goes back to the queue. A batch that
 * fails for good is taken apart, so that one bad message fails alone.
 */
export const queueFunction = <R extends Reactor>(
  reactor: R,
  build: () => Consume<R> | Promise<Consume<R>>,
) => {
  const built = lazily(async () => build());
  return middy(async ({ Records }: Pick<SQSEvent, 'Records'>): Promise<SQSBatchResponse> => {
    const failed = new Set<string>();
    const fail = (error: unknown, ids: readonly string[]): void => {
      for (const id of ids) failed.add(id);
      logFailure('messages not consumed', error, {
        consumer: reactor,
        messages: ids.length,
        first: ids[0] ?? '',
      });
    };

    const deliveries: Delivery<R>[] = [];
    for (const { messageId, body } of Records) {
      try {
        deliveries.push({ id: messageId, detail: detailIn(reactor, body) });
      } catch (error) {
        fail(error, [messageId]);
      }
    }
    await consumeAll(built, deliveries, fail);
    return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
  }).use(perInvocation());
};

async function consumeAll<R extends Reactor>(
  built: () => Promise<Consume<R>>,
  deliveries: readonly Delivery<R>[],
  fail: (error: unknown, ids: readonly string[]) => void,
): Promise<void> {
  if (deliveries.length === 0) return;
  try {
    const consume = await built();
    await consume(deliveries.map(({ detail }) => detail));
  } catch (error) {
    // What passes by itself (throttling, a store that is away) fails for each of them alike.
    if (deliveries.length === 1 || passes(error)) {
      fail(
        error,
        deliveries.map(({ id }) => id),
      );
      return;
    }
    for (const delivery of deliveries) await consumeAll(built, [delivery], fail);
  }
}

const passes = (error: unknown): boolean => error instanceof ClienteleError && error.retryable;
