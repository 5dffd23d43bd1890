import '../../../support/silent-log.ts';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { outboxFunction } from '../../../../functions/_shell/outbox.ts';
import type { Message } from '../../../../shared/contracts/messages.ts';
import { EventsNotAccepted } from '../../../../shared/domain/kernel/errors.ts';
import { context } from '../../../support/lambda-context.ts';

type Records = Parameters<ReturnType<typeof outboxFunction>>[0]['Records'];

const message = (shard: number): Message => ({
  name: 'campaign.shard-due',
  detail: { campaign: 'spring', shard, of: 4 },
});

/** A record as Lambda hands the stream over: attributes with their types, bytes in base64. */
const record = (sequence: number, value: { S: string } | { B: string }): Records[number] => ({
  eventName: 'INSERT',
  dynamodb: {
    SequenceNumber: String(sequence),
    NewImage: {
      pk: { S: `spring#${sequence}` },
      sk: { S: 'message' },
      version: { N: '1' },
      counts: { M: {} },
      value,
    },
  },
});

const text = (value: unknown) => ({ S: JSON.stringify(value) });
const bytes = (value: unknown) => ({ B: deflateRawSync(JSON.stringify(value)).toString('base64') });

const relay = async (...records: Records) => {
  const published: Message[] = [];
  const fn = outboxFunction(async (messages) => {
    published.push(...messages);
  });
  const { batchItemFailures } = await fn({ Records: records }, context);
  return { published, failed: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
};

describe('messages in the outbox', () => {
  it('are published in their order, long ones inflated', async () => {
    const { published, failed } = await relay(record(1, text(message(0))), record(2, bytes(message(1))));

    expect(published).toEqual([message(0), message(1)]);
    expect(failed).toEqual([]);
  });

  it('are published up to one that cannot be read, which is named', async () => {
    const { published, failed } = await relay(
      record(1, text(message(0))),
      record(2, { S: '{' }),
      record(3, text(message(2))),
    );

    expect(published).toEqual([message(0)]);
    expect(failed).toEqual(['2']);
  });

  it.each([[{ name: 'x' }], [{ detail: {} }], ['text']])('cannot be read when they are %j', async (value) => {
    expect((await relay(record(1, text(value)))).failed).toEqual(['1']);
  });

  it('begin again at the first when the bus does not take them', async () => {
    const fn = outboxFunction(async () => {
      throw new EventsNotAccepted([{ index: 1, reason: 'ThrottlingException' }]);
    });

    const { batchItemFailures } = await fn(
      { Records: [record(1, text(message(0))), record(2, text(message(1)))] },
      context,
    );

    expect(batchItemFailures).toEqual([{ itemIdentifier: '1' }]);
  });
});
