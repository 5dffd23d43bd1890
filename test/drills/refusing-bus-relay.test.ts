import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { sentByStage } from '../support/sent-by-stage.ts';
import { aWeek } from './support/a-week.ts';
import { refusedEntries } from './support/faults.ts';
import { between } from './support/functions.ts';
import { drilledQueue } from './support/queues.ts';
import { chance, type DrillStage, drill, openDrillStage } from './support/stage.ts';
import { deliverStream, pauseStream, streamRecords } from './support/stream.ts';

const PUT = 'PutEvents';
const MEMBERS = 12;
/** Every fourth member takes the consent back. */
const WITHDRAWN = 3;

interface Report {
  readonly status: string;
  readonly audience: number;
  readonly sent: number;
}

drill('an outbox whose bus refuses some entries', () => {
  let stage: DrillStage;
  let faults: Awaited<ReturnType<typeof between>>;
  let shop: string;
  let since: number;

  beforeAll(async () => {
    stage = await openDrillStage();
    faults = await between(stage, ['outbox/relay-messages'], ['eventbridge']);
    since = Date.now();
  });
  afterAll(async () => {
    await faults?.leave();
  });

  const aCampaign = async (purpose: string): Promise<string> => {
    const random = chance(purpose);
    faults.clear();
    shop = `relay-${random.whole(0, 1e9)}`;
    expect((await stage.send(aWeek(shop, MEMBERS, random))).status).toBe(202);
    await drilledQueue(stage, 'customers/fold-events').drained();
    const written = await stage.ask('PUT', `/v1/campaigns/${shop}`, {
      name: purpose,
      channel: 'email',
      rule: { trait: `store.${shop}.orders`, atLeast: 1 },
      template: { subject: 'Hello', body: 'From {{ unsubscribe }}' },
      holdout: 0,
    });
    expect(written.status).toBe(200);
    return shop;
  };
  const run = async (id: string): Promise<void> => {
    expect((await stage.ask('POST', `/v1/campaigns/${id}/run`)).status).toBe(202);
  };
  const isDone = (id: string): Promise<Report> =>
    eventually(
      async () => (await stage.ask<Report>('GET', `/v1/campaigns/${id}/report`)).body,
      ({ status }) => status === 'done',
    );
  const addresses = async (): Promise<string[]> =>
    (await sentByStage(stage, shop, since)).map(({ to }) => to).filter((to) => to.startsWith(`${shop}-`));

  const expectOnce = async (report: Report): Promise<void> => {
    expect(report).toMatchObject({
      audience: MEMBERS,
      sent: MEMBERS - WITHDRAWN,
      refused: { 'consent-withdrawn': WITHDRAWN },
    });
    const sent = await addresses();
    expect(sent).toHaveLength(MEMBERS - WITHDRAWN);
    expect(new Set(sent).size).toBe(sent.length);
  };

  it('for a moment loses no message of a campaign and doubles none', async () => {
    const id = await aCampaign('for a moment');
    const fault = refusedEntries((index) => index > 0, 'InternalFailure');
    const planted = faults.plant({ on: PUT, times: 2, fault });

    await run(id);

    await expectOnce(await isDone(id));
    expect(planted.hits()).toBe(2);
  });

  it('for good has the whole batch delivered again, and nobody is written to twice', async () => {
    const id = await aCampaign('for good');
    const goOn = await pauseStream(stage);
    let puts = 0;
    try {
      await run(id);
      const fault = refusedEntries((index) => index % 2 === 1, 'NotAuthorizedForSourceException');
      const planted = faults.plant({ on: PUT, times: 3, fault });

      const invocations = await deliverStream(stage, await streamRecords(stage, `${id}#`));

      expect({ hits: planted.hits(), invocations }).toEqual({ hits: 3, invocations: 4 });
      await expectOnce(await isDone(id));
      puts = faults.count(PUT);
    } finally {
      // What reads the stream stands before these records: it delivers all of them once more.
      await goOn();
    }
    await eventually(
      async () => faults.count(PUT),
      (now) => now > puts,
    );
    await drilledQueue(stage, 'campaigns/address-shard').drained();
    await expectOnce(await isDone(id));
  });
});
