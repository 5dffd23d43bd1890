import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import { itemOf } from '../../shared/adapters/aws/dynamo-row.ts';
import type { Message } from '../../shared/contracts/messages.ts';
import { logFailure, perInvocation } from './log.ts';

const Text = z.object({ S: z.string() }).transform(({ S }) => S);
/** Streams hand bytes over in base64. */
const Bytes = z.object({ B: z.base64() }).transform(({ B }) => Buffer.from(B, 'base64'));
const Whole = z.object({ N: z.string() }).transform(({ N }) => Number(N));

const Image = z.object({ pk: Text, sk: Text, version: Whole, value: z.union([Text, Bytes]) });

/** Messages are written to the outbox by our own use cases and typed there. */
const Kept = z.object({ name: z.string(), detail: z.record(z.string(), z.unknown()) });

type StreamRecord = DynamoDBStreamEvent['Records'][number];

function messageIn({ dynamodb }: StreamRecord): Message {
  const item = itemOf('outbox', { ...Image.parse(dynamodb?.NewImage), counts: {} }, 0);
  return Kept.parse(item?.value) as unknown as Message;
}

/**
 * The outbox table's stream in, its messages published in their order. After a failure Lambda begins again
 * at the record that is named, and in the end sets that one aside; what was published twice does no harm.
 */
export const outboxFunction = (publish: (messages: readonly Message[]) => Promise<void>) =>
  middy(async ({ Records }: Pick<DynamoDBStreamEvent, 'Records'>): Promise<DynamoDBBatchResponse> => {
    const messages: Message[] = [];
    try {
      for (const record of Records) messages.push(messageIn(record));
    } catch (error) {
      logFailure('message not readable', error, { sequence: numberOf(Records[messages.length]) });
    }
    const unreadable = Records[messages.length];
    try {
      if (messages.length > 0) await publish(messages);
      return failedFrom(unreadable);
    } catch (error) {
      logFailure('messages not published', error, { messages: messages.length });
      return failedFrom(Records[0]);
    }
  }).use(perInvocation());

const numberOf = (record: StreamRecord | undefined): string => record?.dynamodb?.SequenceNumber ?? '';

const failedFrom = (record: StreamRecord | undefined): DynamoDBBatchResponse => ({
  batchItemFailures: record === undefined ? [] : [{ itemIdentifier: numberOf(record) }],
});
