import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aReceipt } from '../builders/a-receipt.ts';
import { type Host, startHost } from '../support/host.ts';
import { signedBy } from '../support/signed-by.ts';

let host: Host;

beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host.stop());

const DAY = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY).toISOString();
/** Noon, so that a receipt's day is the same in every zone that a stage may have. */
const noon = (days: number): string => `${daysAgo(days).slice(0, 10)}T11:00:00Z`;

interface Written {
  readonly store: string;
  readonly terminal: string;
  readonly days: number;
}

const receipt = (sequence: number, { store, terminal, days }: Written) =>
  aReceipt({ at: noon(days), amount: 100, data: { store, terminal, receipt: `r-${sequence}`, sequence } });

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

const close = ({ store, terminal, days }: Written, told: object) => ({
  type: 'till.closed',
  occurredAt: noon(days),
  data: { store, terminal, day: daysAgo(days).slice(0, 10), ...told },
});

interface Feed {
  readonly status: string;
  readonly tills: readonly {
    readonly terminal: string;
    readonly missing: readonly object[];
    readonly missingCount: number;
  }[];
  readonly closes: readonly {
    readonly terminal: string;
    readonly reconciled: boolean;
    readonly difference: { readonly receipts: number };
  }[];
}

const feedOf = async (store: string): Promise<Feed> =>
  (await host.ask<Feed>('GET', `/v1/feeds/${store}`)).body;

const feedWith = (store: string, wanted: (feed: Feed) => boolean): Promise<Feed> =>
  host.eventually(
    () => feedOf(store),
    (feed) => feed.tills !== undefined && wanted(feed),
  );

describe('a till that goes offline', () => {
  const store = 'rtm-01';
  const till = (days: number): Written => ({ store, terminal: 'till-1', days });

  it('shows what is missing, and nothing any more when it is back with three days of receipts', async () => {
    await host.send(range(1, 5).map((n) => receipt(n, till(5))));
    await host.send([
      ...range(36, 40).map((n) => receipt(n, till(1))),
      close(till(3), { receipts: 10, sales: 1_000, firstSequence: 16, lastSequence: 25 }),
    ]);

    const offline = await feedWith(
      store,
      ({ tills, closes }) => tills[0]?.missingCount === 30 && closes.length === 1,
    );
    const late = [4, 3, 2].flatMap((days, index) =>
      range(6 + index * 10, 15 + index * 10).map((n) => receipt(n, till(days))),
    );
    await host.send(late.toReversed());
    await host.send(late.slice(0, 7));
    const back = await feedWith(store, ({ status }) => status === 'ok');

    expect(offline).toMatchObject({
      status: 'gaps',
      tills: [{ terminal: 'till-1', missing: [{ from: 6, to: 35, count: 30 }] }],
      closes: [{ reconciled: false, difference: { receipts: -10, sales: -1_000, returns: 0 } }],
    });
    expect(back).toMatchObject({
      tills: [{ missing: [], missingCount: 0 }],
      closes: [{ reconciled: true, difference: { receipts: 0, sales: 0, returns: 0 } }],
    });
  });

  it('is taken whole after 44 days, signed, out of order and with duplicates', async () => {
    const { key, secret } = await host.grantKey({
      kind: 'signing',
      grant: { kind: 'source', name: 'till-far' },
    });
    const far = range(1, 88).map((n) =>
      receipt(n, { store: 'rtm-02', terminal: 'till-1', days: 44 - Math.floor(n / 2) }),
    );
    const shuffled = [...far.filter((_, index) => index % 3 === 0), ...far.toReversed()];
    const body = JSON.stringify(shuffled);
    const authorization = signedBy({ id: key.id, secret, time: Math.floor(Date.now() / 1_000) }, body);

    const answer = await fetch(`${host.url}/v1/events`, { method: 'POST', headers: { authorization }, body });

    const { results } = (await answer.json()) as { results: { status: string }[] };
    expect(results.filter(({ status }) => status === 'accepted')).toHaveLength(88);
    expect(results.filter(({ status }) => status === 'duplicate')).toHaveLength(shuffled.length - 88);
    expect(await feedWith('rtm-02', ({ tills }) => tills[0]?.missingCount === 0)).toMatchObject({
      status: 'ok',
      tills: [{ missing: [] }],
    });
  });
});

describe('a till whose close does not agree', () => {
  it('is named with the difference, in the list of all stores too', async () => {
    const till = { store: 'rtm-03', terminal: 'till-2', days: 1 };
    await host.send([
      ...[1, 2, 3].map((n) => receipt(n, till)),
      close(till, { receipts: 4, sales: 450, returns: 50 }),
    ]);

    await feedWith('rtm-03', ({ closes }) => closes[0]?.difference.receipts === -1);
    const { body } = await host.ask<{ feeds: (Feed & { store: string })[] }>('GET', '/v1/feeds?limit=50');

    expect(body.feeds.find(({ store }) => store === 'rtm-03')).toMatchObject({
      status: 'unreconciled',
      closes: [
        { terminal: 'till-2', reconciled: false, difference: { receipts: -1, sales: -150, returns: -50 } },
      ],
    });
  });

  it('may not be closed twice with other figures, unless it says that they are corrected', async () => {
    const till = { store: 'rtm-04', terminal: 'till-2', days: 1 };
    await host.send(close(till, { receipts: 0, sales: 0 }));

    const { status, body } = await host.send<{ results: object[] }>(close(till, { receipts: 1, sales: 100 }));

    expect([status, body.results]).toMatchObject([422, [{ code: 'conflict' }]]);
    await host.send(close(till, { revision: 1, receipts: 1, sales: 100 }));
    const { closes } = await feedWith('rtm-04', ({ closes: [first] }) => first?.difference.receipts === -1);
    expect(closes).toMatchObject([{ difference: { receipts: -1, sales: -100 } }]);
  });
});

describe('a key that is bound to a store', () => {
  it('sends for that store alone; the rest of the request is taken', async () => {
    const { secret } = await host.grantKey({
      kind: 'bearer',
      grant: { kind: 'source', name: 'till-bound', stores: ['rtm-05'] },
    });
    const own = receipt(1, { store: 'rtm-05', terminal: 'till-1', days: 1 });
    const foreign = receipt(1, { store: 'rtm-06', terminal: 'till-1', days: 1 });
    const noStore = { id: 'bound-1', type: 'page.viewed', occurredAt: noon(1), data: { path: '/' } };

    const { body } = await host.send<{ results: object[] }>([own, foreign, noStore], secret);

    expect(body.results).toMatchObject([
      { status: 'accepted' },
      { status: 'rejected', code: 'store-not-allowed', path: 'data.store' },
      { status: 'accepted' },
    ]);
  });
});

it('a store that nobody heard of is not found', async () => {
  expect(await host.ask('GET', '/v1/feeds/nowhere')).toMatchObject({
    status: 404,
    body: { code: 'not-found' },
  });
});
