import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { groupsOf } from '../../shared/domain/kernel/groups.ts';
import type { Call } from './fault-proxy.ts';
import { aWeek } from './support/a-week.ts';
import { calmly, growth, readBooks } from './support/books.ts';
import { noted } from './support/faults.ts';
import { between } from './support/functions.ts';
import { type DrilledQueue, drilledQueue } from './support/queues.ts';
import { shuffled } from './support/shuffled.ts';
import { chance, type DrillStage, drill, openDrillStage } from './support/stage.ts';

const FOLD = 'customers/fold-events';
const MEMBERS = 30;
/** Events a request, which travels as one message. */
const REQUEST = 25;

interface Entry {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

const entriesIn = ({ body }: Call): Entry[] => (JSON.parse(body) as { Entries: Entry[] }).Entries;

/** What EventBridge makes of an entry for a queue. */
const enveloped = ({ Source, DetailType, Detail }: Entry): string =>
  JSON.stringify({ source: Source, 'detail-type': DetailType, detail: JSON.parse(Detail) });

drill('messages that come again and out of order', () => {
  let stage: DrillStage;
  let watch: Awaited<ReturnType<typeof between>>;
  let queue: DrilledQueue;
  let restore: () => Promise<void>;

  beforeAll(async () => {
    stage = await openDrillStage();
    queue = drilledQueue(stage, FOLD);
    restore = await queue.comeAgainAfter(10);
    watch = await between(stage, ['ingest/accept-events', FOLD], ['eventbridge', 'dynamodb']);
  });
  afterAll(async () => {
    await watch?.leave();
    await restore?.();
  });

  const onTheBus = async (entries: readonly Entry[]): Promise<number> => {
    for (const Entries of groupsOf(entries, 10))
      await stage.clients.eventBridge.send(new PutEventsCommand({ Entries: [...Entries] }));
    return entries.length;
  };
  const onTheQueue = async (entries: readonly Entry[]): Promise<number> => {
    await queue.send(...entries.map(enveloped));
    return entries.length;
  };

  it('change nothing, however often and in whatever order they come among fresh ones', async () => {
    const random = chance('repeated');
    const week = shuffled(aWeek(`again-${random.whole(0, 1e9)}`, MEMBERS, random), random);
    const before = await readBooks(stage);
    const published: Call[] = [];
    watch.plant({ on: 'PutEvents', fault: noted(published) });

    let repeats = 0;
    for (const [index, request] of groupsOf(week, REQUEST).entries()) {
      expect((await stage.send(request)).status).toBe(202);
      const sofar = published.flatMap(entriesIn);
      repeats += await (index % 2 === 0
        ? onTheBus(sofar.toReversed())
        : onTheQueue(shuffled([...sofar, ...sofar], random)));
    }
    await queue.drained();

    const calm = await calmly(stage.stage, week);
    expect(growth(before, await readBooks(stage))).toEqual(calm);
    expect(repeats).toBeGreaterThan(3 * published.length);

    const reads = watch.count('BatchGetItem');
    await onTheBus(published.flatMap(entriesIn).toReversed());
    await queue.drained();
    expect(growth(before, await readBooks(stage))).toEqual(calm);
    expect(watch.count('BatchGetItem')).toBeGreaterThan(reads);
    expect(await drilledQueue(stage, FOLD, 'deadLetters').size()).toBe(0);
  });
});
