import { afterAll, beforeAll, expect, it } from 'vitest';
import { receiptsOfOne } from './support/a-week.ts';
import { accepted, enveloped } from './support/accepted.ts';
import { calmly, growth, readBooks } from './support/books.ts';
import { deliverTogether } from './support/deliver.ts';
import { cancelled, refused } from './support/faults.ts';
import { between } from './support/functions.ts';
import { chance, type DrillStage, drill, openDrillStage } from './support/stage.ts';

const FOLD = 'customers/fold-events';
const COMMIT = 'TransactWriteItems';
const WRITERS = 50;
const CALLS = /^(BatchGetItem|GetItem|PutItem|UpdateItem)$/;
const A_THIRD = 1 / 3;
/** What a third of a hundred draws is never below: once in millions of runs. A fifth would be, once in hundreds. */
const AN_EIGHTH = 1 / 8;

drill('fifty writers of one customer at the same time', () => {
  let stage: DrillStage;
  let faults: Awaited<ReturnType<typeof between>>;

  beforeAll(async () => {
    stage = await openDrillStage();
    faults = await between(stage, [FOLD], ['dynamodb']);
  });
  afterAll(async () => {
    await faults?.leave();
  });

  const aCrowd = async (purpose: string) => {
    const random = chance(purpose);
    faults.clear();
    const shop = `crowd-${random.whole(0, 1e9)}`;
    const receipts = receiptsOfOne(shop, WRITERS, random);
    // Each receipt is told by two of the writers.
    const groups = receipts.map((receipt, n) => [receipt, receipts[(n + 1) % WRITERS] ?? receipt]);
    const bodies = (await accepted(stage, groups)).map(enveloped);
    expect(bodies).toHaveLength(WRITERS);
    return { random, member: `${shop}-one`, receipts, bodies, before: await readBooks(stage) };
  };

  it('lose nothing and double nothing where they meet', async () => {
    const { member, receipts, bodies, before } = await aCrowd('meeting');

    const delivered = await deliverTogether(stage, FOLD, bodies);

    const calm = await calmly(stage.stage, receipts);
    expect(growth(before, await readBooks(stage))).toEqual(calm);
    const { body } = await stage.ask('POST', '/v1/customers/look-up', { member });
    expect(body['purchases']).toMatchObject({ orders: WRITERS, net: calm.counts['amounts EUR net'] });
    expect(delivered.dead).toBe(0);
    expect(faults.count(COMMIT)).toBeGreaterThan(WRITERS);
  });

  it('nor where a third of all calls are throttled and transactions conflict', async () => {
    const { random, receipts, bodies, before } = await aCrowd('throttled');
    const isDrawn = () => random.chance(A_THIRD);
    const reasons = ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'];
    const transactions = reasons.map((reason, index) =>
      faults.plant({
        on: COMMIT,
        where: () => faults.count(COMMIT) % reasons.length === index && isDrawn(),
        fault: cancelled(reason),
      }),
    );
    const calls = faults.plant({
      on: CALLS,
      where: isDrawn,
      fault: refused('ProvisionedThroughputExceededException'),
    });

    const delivered = await deliverTogether(stage, FOLD, bodies);

    expect(growth(before, await readBooks(stage))).toEqual(await calmly(stage.stage, receipts));
    expect(delivered.dead).toBe(0);
    const cancellations = transactions.map(({ hits }) => hits());
    expect(Math.min(...cancellations)).toBeGreaterThan(0);
    expect(cancellations.reduce((sum, hits) => sum + hits) / faults.count(COMMIT)).toBeGreaterThan(AN_EIGHTH);
    expect(calls.hits() / faults.count(CALLS)).toBeGreaterThan(AN_EIGHTH);
  });
});
