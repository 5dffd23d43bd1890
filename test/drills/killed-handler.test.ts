import { afterAll, beforeAll, expect, it } from 'vitest';
import { receiptsOf } from './support/a-week.ts';
import { calmly, growth, readBooks } from './support/books.ts';
import { held, lostAnswer } from './support/faults.ts';
import { between } from './support/functions.ts';
import { killCaller } from './support/processes.ts';
import { type DrilledQueue, drilledQueue } from './support/queues.ts';
import { chance, type DrillStage, drill, openDrillStage } from './support/stage.ts';

const FOLD = 'customers/fold-events';
const COMMIT = 'TransactWriteItems';
/** Their records and names are more than one commit holds. */
const CUSTOMERS = 60;
const COMMITS = 2;

drill('a handler that is killed in mid-batch', () => {
  let stage: DrillStage;
  let faults: Awaited<ReturnType<typeof between>>;
  let queue: DrilledQueue;
  let restore: () => Promise<void>;

  beforeAll(async () => {
    stage = await openDrillStage();
    queue = drilledQueue(stage, FOLD);
    // Longer than a handler takes, also on a busy machine: else a second one commits beside it.
    restore = await queue.comeAgainAfter(8);
    faults = await between(stage, [FOLD], ['dynamodb']);
  });
  afterAll(async () => {
    await faults?.leave();
    await restore?.();
  });

  it.each([
    { moment: 'before its commit', of: 1, when: 'before', again: COMMITS },
    { moment: 'between two commits', of: 2, when: 'before', again: 1 },
    { moment: 'after the last commit, before its answer', of: 2, when: 'after', again: 0 },
  ] as const)('$moment leaves nothing out and nothing double', async ({ moment, of, when, again }) => {
    const random = chance(moment);
    const shop = `kill-${random.whole(0, 1e9)}`;
    const receipts = receiptsOf(shop, CUSTOMERS, random);
    const before = await readBooks(stage);
    faults.clear();
    const victim = held(when);
    const planted = faults.plant({
      on: COMMIT,
      where: () => faults.count(COMMIT) === of,
      times: 1,
      fault: victim.fault,
    });

    expect((await stage.send(receipts)).status).toBe(202);
    const pid = killCaller(await victim.arrived, faults, stage.endpoint);
    victim.release();
    await queue.drained();

    expect(growth(before, await readBooks(stage))).toEqual(await calmly(stage.stage, receipts));
    expect({ pid, hits: planted.hits(), commits: faults.count(COMMIT) }).toEqual({
      pid: expect.any(Number),
      hits: 1,
      commits: of + again,
    });
  });

  it('whose commit is answered to nobody recognises its own work', async () => {
    const random = chance('lost');
    const receipts = receiptsOf(`lost-${random.whole(0, 1e9)}`, CUSTOMERS, random);
    const before = await readBooks(stage);
    faults.clear();
    const planted = faults.plant({ on: COMMIT, times: 2, fault: lostAnswer });

    expect((await stage.send(receipts)).status).toBe(202);
    await queue.drained();

    expect(growth(before, await readBooks(stage))).toEqual(await calmly(stage.stage, receipts));
    expect(planted.hits()).toBe(2);
  });
});
