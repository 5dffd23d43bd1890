import { expect, it } from 'vitest';
import type { Driver } from './driver.ts';
import { daysAgo, sale, yesterday } from './shop.ts';

/** Whether tills are heard, and whether all that they wrote came. */
export function feedScenes(at: () => Driver): void {
  it('names the receipt that a close misses, until it comes', async () => {
    const { aws, call, send } = at();
    const written = (receipt: string, sequence: number) => {
      const { data, ...event } = sale({}, receipt, 1);
      return { ...event, data: { ...data, store: 'rtm-01', terminal: 'till-1', sequence } };
    };
    const close = {
      type: 'till.closed',
      occurredAt: daysAgo(1),
      data: {
        store: 'rtm-01',
        terminal: 'till-1',
        day: yesterday,
        receipts: 2,
        sales: 2_000,
        firstSequence: 1,
        lastSequence: 2,
      },
    };
    const seen = async () => {
      await aws.settle();
      return (await call('getFeed', { params: { store: 'rtm-01' } })).body;
    };

    await send([written('f-1', 1), close]);
    const before = await seen();
    await send(written('f-2', 2));
    const after = await seen();

    expect(before).toMatchObject({
      status: 'unreconciled',
      closes: [{ difference: { receipts: -1, sales: -1_000 }, missing: [{ from: 2, to: 2 }] }],
    });
    expect(after).toMatchObject({ status: 'ok', closes: [{ reconciled: true }] });
    const { feeds } = (await call('listFeeds')).body;
    expect(feeds.map(({ store }: { store: string }) => store)).toEqual(
      expect.arrayContaining(['ams-01', 'rtm-01']),
    );
  });
}
