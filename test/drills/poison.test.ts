import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Redriven } from '../../ops/site.ts';
import { settings } from '../../shared/contracts/settings.ts';
import { groupsOf } from '../../shared/domain/kernel/groups.ts';
import { eventually } from '../support/eventually.ts';
import { receiptsOf } from './support/a-week.ts';
import { accepted, enveloped } from './support/accepted.ts';
import { calmly, growth, readBooks } from './support/books.ts';
import { changeEnvironment } from './support/functions.ts';
import { operator } from './support/operator.ts';
import { type DrilledQueue, drilledQueue } from './support/queues.ts';
import { chance, type DrillStage, drill, openDrillStage } from './support/stage.ts';

const FOLD = 'customers/fold-events';
const MOST_RECEIVES = 5;

const message = (detail: unknown, name = 'events.accepted'): string =>
  JSON.stringify({ source: 'clientele', 'detail-type': name, detail });

/** What nobody can consume, from what is no JSON to what is almost an event. */
const garbage = [
  'garbage',
  '{}',
  message({ campaign: 'x', shard: 0, of: 1 }, 'campaign.shard-due'),
  message({}),
  message({ events: 'garbage' }),
  message({ events: [null] }),
  message({ events: [{ id: 'x', type: 'no.such', keys: ['x'], data: {}, day: 1 }] }),
];

drill('a queue with poison in it', () => {
  let stage: DrillStage;
  let queue: DrilledQueue;
  let dead: DrilledQueue;
  let restore: () => Promise<void>;

  beforeAll(async () => {
    stage = await openDrillStage();
    queue = drilledQueue(stage, FOLD);
    dead = drilledQueue(stage, FOLD, 'deadLetters');
    // Longer than a handler takes: else what is sound comes too often, too, and dies with the poison.
    restore = await queue.comeAgainAfter(2);
    expect(await dead.size()).toBe(0);
  });
  afterAll(async () => {
    await restore?.();
  });

  it('sets aside the poison alone; its neighbours are folded', async () => {
    const random = chance('poison');
    const receipts = receiptsOf(`poison-${random.whole(0, 1e9)}`, 30, random);
    const before = await readBooks(stage);
    const sound = (await accepted(stage, groupsOf(receipts, 10))).map(enveloped);

    await queue.send(...garbage.flatMap((one, index) => [one, ...sound.slice(index, index + 1)]));
    await queue.drained();

    expect(growth(before, await readBooks(stage))).toEqual(await calmly(stage.stage, receipts));
    const letters = await dead.takeAll();
    expect(letters.map(({ body }) => body).sort()).toEqual(garbage.toSorted());
    for (const { receives } of letters) expect(receives).toBeGreaterThan(MOST_RECEIVES);
  });

  it('keeps what failed for a broken deployment, and folds it once when that is mended and redriven', async () => {
    const random = chance('broken');
    const receipts = receiptsOf(`broken-${random.whole(0, 1e9)}`, 40, random);
    const requests = groupsOf(receipts, 10);
    const before = await readBooks(stage);

    const mend = await changeEnvironment(stage, FOLD, ({ [settings.factsTable]: _gone, ...rest }) => rest);
    try {
      for (const request of requests) expect((await stage.send(request)).status).toBe(202);
      await eventually(dead.size, (letters) => letters === requests.length, 120_000);
      expect(growth(before, await readBooks(stage))).toEqual(growth(before, before));
    } finally {
      await mend();
    }
    const redriven = await operator<Redriven>(stage, ['redrive', FOLD]);
    await queue.drained();

    expect(redriven).toMatchObject({
      code: 0,
      answer: { letters: requests.length, sent: requests.length, failed: 0 },
    });
    expect(growth(before, await readBooks(stage))).toEqual(await calmly(stage.stage, receipts));
    expect(await dead.size()).toBe(0);
  });
});
