import '../../../support/silent-log.ts';
import { describe, expect, it } from 'vitest';
import { queueFunction } from '../../../../functions/_shell/queue.ts';
import type { Messages } from '../../../../shared/contracts/messages.ts';
import { StoreUnavailable } from '../../../../shared/domain/kernel/errors.ts';
import { context } from '../../../support/lambda-context.ts';

type Due = Messages['campaign.shard-due'];
type Records = Parameters<ReturnType<typeof queueFunction>>[0]['Records'];

const due = (shard: number): Due => ({ campaign: 'spring', shard, of: 4 });
const bodyOf = (detail: unknown, name = 'campaign.shard-due') =>
  JSON.stringify({ id: 'e-1', 'detail-type': name, detail });

const records = (...bodies: string[]): Records =>
  bodies.map((body, index) => ({
    messageId: `m-${index}`,
    body,
    receiptHandle: '',
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: 'eu-west-1',
  }));

const failedOf = async (
  bodies: readonly string[],
  consume: (details: readonly Due[]) => Promise<unknown>,
): Promise<readonly string[]> => {
  const fn = queueFunction('campaigns/address-shard', () => consume);
  const { batchItemFailures } = await fn({ Records: records(...bodies) }, context);
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};

describe('a batch of messages', () => {
  it('is consumed together', async () => {
    const calls: (readonly Due[])[] = [];

    const failed = await failedOf([bodyOf(due(0)), bodyOf(due(1))], async (details) => calls.push(details));

    expect(failed).toEqual([]);
    expect(calls).toEqual([[due(0), due(1)]]);
  });

  it('sends back only the message that cannot be consumed', async () => {
    const done: number[] = [];

    const failed = await failedOf([bodyOf(due(0)), bodyOf(due(1)), bodyOf(due(2))], async (details) => {
      if (details.some(({ shard }) => shard === 1)) throw new Error('poison');
      done.push(...details.map(({ shard }) => shard));
    });

    expect(failed).toEqual(['m-1']);
    expect(done).toEqual([0, 2]);
  });

  it('goes back whole, after one try, while the store is away', async () => {
    let calls = 0;

    const failed = await failedOf([bodyOf(due(0)), bodyOf(due(1))], async () => {
      calls += 1;
      throw new StoreUnavailable('throttled');
    });

    expect(failed).toEqual(['m-0', 'm-1']);
    expect(calls).toBe(1);
  });

  it.each([
    ['is not JSON', 'ada@example.com'],
    ['holds no envelope', '{"detail":{}}'],
    ['is meant for somebody else', bodyOf({ events: [] }, 'events.accepted')],
  ])('is consumed without a record that %s', async (_what, body) => {
    const calls: (readonly Due[])[] = [];

    const failed = await failedOf([body, bodyOf(due(3))], async (details) => calls.push(details));

    expect(failed).toEqual(['m-0']);
    expect(calls).toEqual([[due(3)]]);
  });

  it('goes back when its function cannot be built, and is consumed when it can', async () => {
    let attempts = 0;
    const fn = queueFunction('campaigns/address-shard', async () => {
      attempts += 1;
      if (attempts === 1) throw new StoreUnavailable('the secret is away');
      return async () => undefined;
    });
    const batch = { Records: records(bodyOf(due(0))) };

    const first = await fn(batch, context);
    const second = await fn(batch, context);

    expect(first.batchItemFailures).toEqual([{ itemIdentifier: 'm-0' }]);
    expect(second.batchItemFailures).toEqual([]);
  });
});
