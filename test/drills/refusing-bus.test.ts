import { afterAll, beforeAll, expect, it } from 'vitest';
import { receiptsOf } from './support/a-week.ts';
import { calmly, growth, readBooks } from './support/books.ts';
import { lostAnswer, refused, refusedEntries } from './support/faults.ts';
import { between } from './support/functions.ts';
import { type DrilledQueue, drilledQueue } from './support/queues.ts';
import { type Answered, chance, type DrillStage, drill, openDrillStage } from './support/stage.ts';

const PUT = 'PutEvents';
/** They travel in four messages, which is one call of the bus. */
const RECEIPTS = 300;
const allButFirst = (index: number): boolean => index > 0;

drill('a bus that refuses some entries', () => {
  let stage: DrillStage;
  let faults: Awaited<ReturnType<typeof between>>;
  let queue: DrilledQueue;

  beforeAll(async () => {
    stage = await openDrillStage();
    queue = drilledQueue(stage, 'customers/fold-events');
    faults = await between(stage, ['ingest/accept-events'], ['eventbridge']);
  });
  afterAll(async () => {
    await faults?.leave();
  });

  const aShop = async (purpose: string) => {
    const random = chance(purpose);
    faults.clear();
    return {
      receipts: receiptsOf(`bus-${random.whole(0, 1e9)}`, RECEIPTS, random),
      before: await readBooks(stage),
    };
  };
  const outcomes = ({ results = [] }: Answered) => ({
    accepted: results.filter(({ status }) => status === 'accepted').length,
    duplicate: results.filter(({ status }) => status === 'duplicate').length,
  });

  it.each([
    {
      fault: 'throttles entries',
      plant: () => ({ times: 2, fault: refusedEntries(allButFirst, 'ThrottlingException') }),
      puts: 3,
    },
    {
      fault: 'throttles whole calls',
      plant: () => ({ times: 2, fault: refused('ThrottlingException') }),
      puts: 3,
    },
    { fault: 'takes a call and loses the answer', plant: () => ({ times: 1, fault: lostAnswer }), puts: 2 },
  ])('for a moment is not noticed by the till: it $fault', async ({ fault, plant, puts }) => {
    const { receipts, before } = await aShop(fault);
    const planted = faults.plant({ on: PUT, ...plant() });

    const { status, body } = await stage.send<Answered>(receipts);
    await queue.drained();

    expect({ status, ...outcomes(body) }).toEqual({ status: 202, accepted: RECEIPTS, duplicate: 0 });
    expect(growth(before, await readBooks(stage))).toEqual(await calmly(stage.stage, receipts));
    expect({ hits: planted.hits(), puts: faults.count(PUT) }).toEqual({ hits: puts - 1, puts });
  });

  it.each([
    { when: 'when the half that was taken is folded', settled: true },
    { when: 'at once', settled: false },
  ])('for good makes the till send again, and nothing doubles: $when', async ({ when, settled }) => {
    const { receipts, before } = await aShop(when);
    const fault = refusedEntries(allButFirst, 'NotAuthorizedForSourceException');
    const planted = faults.plant({ on: PUT, times: 1, fault });

    const refusal = await stage.send<Answered>(receipts);
    expect({
      status: refusal.status,
      code: refusal.body.code,
      again: refusal.headers.get('retry-after'),
    }).toEqual({
      status: 503,
      code: 'events-not-accepted',
      again: '5',
    });
    if (settled) await queue.drained();
    const { status, body } = await stage.send<Answered>(receipts);
    await queue.drained();

    const { accepted, duplicate } = outcomes(body);
    expect({ status, all: accepted + duplicate }).toEqual({ status: 202, all: RECEIPTS });
    if (settled) expect(duplicate).toBeGreaterThan(0);
    expect(growth(before, await readBooks(stage))).toEqual(await calmly(stage.stage, receipts));
    expect({ hits: planted.hits(), puts: faults.count(PUT) }).toEqual({ hits: 1, puts: 2 });
  });
});
