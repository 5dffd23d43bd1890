import { describe, expect, it } from 'vitest';
import { queues } from '../../../../bench/cost/aws/queues.ts';
import { assumed } from '../../../../bench/cost/reference.ts';
import { tally } from '../../../../bench/cost/usage.ts';
import { consumers } from '../../../../shared/contracts/topology.ts';

const shardDue = 'campaign.shard-due';
const { batch, windowSeconds } = consumers['ingest/archive-events'];

/** So many messages to fold and archive, a millisecond apart. */
function filled(count: number, body = '{}') {
  const counter = tally();
  const waiting = queues({ tally: counter });
  for (let n = 0; n < count; n += 1) waiting.send('events.accepted', body, n);
  return { counter, waiting };
}

describe('queues', () => {
  it('hand a message over at once where there is no window, for three requests', () => {
    const counter = tally();
    const waiting = queues({ tally: counter });

    waiting.send(shardDue, '{"n":1}', 7);

    expect(waiting.due(7)).toEqual([{ consumer: 'campaigns/address-shard', at: 7, bodies: ['{"n":1}'] }]);
    expect(counter.take()).toEqual({ queueRequests: 3 });
  });

  it('gather until the window ends, a batch for each poller', () => {
    const { waiting } = filled(2 * assumed.pollers);
    const archived = () =>
      waiting.due(Number.POSITIVE_INFINITY).filter(({ consumer }) => consumer === 'ingest/archive-events');

    expect(
      waiting.due(windowSeconds * 1_000 - 1).every(({ consumer }) => consumer === 'customers/fold-events'),
    ).toBe(true);
    const batches = archived();

    expect(batches).toHaveLength(assumed.pollers);
    expect(batches.map(({ bodies }) => bodies.length)).toEqual(Array(assumed.pollers).fill(2));
    expect(batches[0]?.at).toBe(windowSeconds * 1_000);
  });

  it('hand over what is full before its window ends', () => {
    const { waiting } = filled(assumed.pollers * batch);

    const full = waiting
      .due(batch * assumed.pollers)
      .filter(({ consumer }) => consumer === 'ingest/archive-events');

    expect(full.map(({ bodies }) => bodies.length)).toEqual(Array(assumed.pollers).fill(batch));
  });

  it('hand over what Lambda could not take more of', () => {
    const { waiting } = filled(assumed.pollers * 10, 'x'.repeat(600_000));

    const large = waiting.due(100).filter(({ consumer }) => consumer === 'ingest/archive-events');

    expect(large[0]?.bodies).toHaveLength(9);
  });

  it('bill a message by 64 KB when it is sent and received, and ten deletions at once', () => {
    const counter = tally();
    const waiting = queues({ tally: counter });
    for (let n = 0; n < assumed.pollers * 20; n += 1) waiting.send('events.accepted', 'x'.repeat(100_000), 0);
    const batches = waiting.due(Number.POSITIVE_INFINITY);

    const deletions = batches.reduce((sum, { bodies }) => sum + Math.ceil(bodies.length / 10), 0);
    const listeners = 2;
    expect(counter.take()).toEqual({ queueRequests: assumed.pollers * 20 * listeners * 2 * 2 + deletions });
  });
});
