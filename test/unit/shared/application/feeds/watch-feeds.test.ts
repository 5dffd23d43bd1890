import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { feedsApi } from '../../../../../shared/application/feeds/feeds-api.ts';
import { watchFeeds } from '../../../../../shared/application/feeds/watch-feeds.ts';
import type { FeedAnswer, FeedList } from '../../../../../shared/contracts/feed-schemas.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import type { AcceptedEvent } from '../../../../../shared/domain/events/event.ts';
import { MOST_TILLS } from '../../../../../shared/domain/feeds/store-feed.ts';
import { anEvent, aSale } from '../../../../builders/an-event.ts';
import { type MemoryMachine, memoryMachine, NOW } from '../../../../support/memory-machine.ts';

const caller = { kind: 'person', name: 'ada', roles: ['ops'] } as const;

const listed = async (
  machine: MemoryMachine,
  page: { limit?: number; cursor?: string } = {},
): Promise<z.input<typeof FeedList>> => {
  const query = { limit: 50, cursor: undefined, ...page };
  const request = { params: undefined, query, body: undefined, caller };
  return (await feedsApi(machine).listFeeds(request)).body;
};

const feedOf = async (
  machine: MemoryMachine,
  store = 'ams-01',
  page: { limit?: number; cursor?: string } = {},
): Promise<z.input<typeof FeedAnswer>> => {
  const query = { limit: 200, cursor: undefined, ...page };
  const request = { params: { store }, query, body: undefined, caller };
  return (await feedsApi(machine).getFeed(request)).body;
};

const watch = (machine: MemoryMachine, ...events: readonly AcceptedEvent[]) =>
  watchFeeds(machine)([{ events }]);

const DAY = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.parse(NOW) - days * DAY).toISOString();
const dateOf = (days: number): string => daysAgo(days).slice(0, 10);

interface Written {
  readonly amount?: number;
  readonly days?: number;
  readonly terminal?: string;
  readonly store?: string;
}

const receipt = (
  sequence: number,
  { amount = 100, days = 1, terminal = 'till-1', store = 'ams-01' }: Written = {},
): AcceptedEvent =>
  aSale(amount, {
    occurredAt: daysAgo(days),
    receivedAt: NOW,
    data: { store, terminal, receipt: String(sequence), sequence },
  });

const close = (data: object, days = 1): AcceptedEvent =>
  anEvent('till.closed', {
    occurredAt: daysAgo(days),
    receivedAt: NOW,
    data: {
      store: 'ams-01',
      terminal: 'till-1',
      day: dateOf(days),
      returns: 0,
      firstSequence: undefined,
      lastSequence: undefined,
      ...data,
    },
  });

describe('a return that paid money back beside the goods', () => {
  it('is compared with all that it paid out', async () => {
    const machine = memoryMachine();
    const back = anEvent('return.recorded', {
      occurredAt: daysAgo(1),
      receivedAt: NOW,
      data: {
        store: 'ams-01',
        terminal: 'till-1',
        receipt: '7',
        lines: [{ sku: 'MUG', quantity: 1, unitPrice: 700, discount: 0 }],
        sale: { store: 'ams-01', terminal: 'till-1', receipt: '1' },
        amount: 250,
      },
    });

    await watch(machine, back, close({ receipts: 1, sales: 0, returns: 950 }));

    expect((await feedOf(machine)).closes).toMatchObject([{ reconciled: true, kept: { returns: 950 } }]);
  });
});

describe('a week of six tills', () => {
  /** Each till writes some receipts a day and closes; one receipt in ten never comes. */
  const week = Array.from({ length: 6 }, (_, till) =>
    Array.from({ length: 7 }, (_, day) => {
      const first = day * 4 + 1;
      const told = {
        terminal: `till-${till}`,
        receipts: 4,
        sales: 400,
        firstSequence: first,
        lastSequence: first + 3,
      };
      return [
        ...Array.from({ length: 4 }, (_, n) =>
          receipt(first + n, { days: 7 - day, terminal: `till-${till}` }),
        ),
        close(told, 7 - day),
      ];
    }),
  )
    .flat(2)
    .filter((_, index) => index % 10 !== 3);

  const stateAfter = async (batches: readonly (readonly AcceptedEvent[])[]) => {
    const machine = memoryMachine();
    for (const events of batches) await watch(machine, ...events);
    return { list: await listed(machine), one: await feedOf(machine) };
  };

  it('ends in the same state in any order, any batches, and with anything told again', async () => {
    const expected = await stateAfter([week]);
    expect(expected.one.status).toBe('gaps');
    expect(expected.one.closes).toHaveLength(week.filter(({ type }) => type === 'till.closed').length);

    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(week, { minLength: week.length }),
        fc.subarray(week),
        fc.integer({ min: 1, max: 60 }),
        async (shuffled, again, size) => {
          const all = [...shuffled, ...again];
          const batches = Array.from({ length: Math.ceil(all.length / size) }, (_, n) =>
            all.slice(n * size, (n + 1) * size),
          );
          expect(await stateAfter(batches)).toEqual(expected);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('ends in the same state when the same queue is worked at by several at once', async () => {
    const expected = await stateAfter([week]);
    const machine = memoryMachine();

    await Promise.all(
      [0, 1, 2, 3].map((part) => watch(machine, ...week.filter((_, index) => index % 4 === part))),
    );

    expect({ list: await listed(machine), one: await feedOf(machine) }).toEqual(expected);
  });
});

describe('the close of a till', () => {
  it('may come before its receipts, and is reconciled by the last of them', async () => {
    const machine = memoryMachine();
    await watch(machine, close({ receipts: 2, sales: 300, firstSequence: 1, lastSequence: 2 }));
    await watch(machine, receipt(1, { amount: 100 }));

    const before = await feedOf(machine);
    await watch(machine, receipt(2, { amount: 200 }));
    const after = await feedOf(machine);

    expect(before).toMatchObject({
      status: 'unreconciled',
      closes: [
        {
          terminal: 'till-1',
          day: dateOf(1),
          reconciled: false,
          difference: { receipts: -1, sales: -200, returns: 0 },
          missing: [{ from: 2, to: 2 }],
        },
      ],
    });
    expect(after).toMatchObject({ status: 'ok', closes: [{ reconciled: true }] });
    expect((await listed(machine)).feeds[0]?.closes).toEqual([]);
  });

  it('stays as it was told first', async () => {
    const machine = memoryMachine();
    await watch(machine, close({ receipts: 1, sales: 100 }), receipt(1));

    await watch(machine, close({ receipts: 9, sales: 900 }));

    expect(await feedOf(machine)).toMatchObject({ status: 'ok', closes: [{ told: { receipts: 1 } }] });
  });
});

describe('what is kept', () => {
  it('takes a till whole that was offline for 44 days, and leaves older history out', async () => {
    const machine = memoryMachine();

    await watch(
      machine,
      receipt(4),
      receipt(3, { days: 44 }),
      receipt(2, { days: 44 }),
      receipt(1, { days: 46 }),
    );

    expect((await feedOf(machine)).tills).toMatchObject([{ terminal: 'till-1', missingCount: 0 }]);
    expect(machine.everyRow()).not.toContain('[\\"till-1\\",\\"sale\\",\\"1\\"');
  });

  it('is not led astray by fields of these names in events that no till wrote', async () => {
    const machine = memoryMachine();
    const odd = { store: 'ams-01', terminal: 'constructor', sequence: -1.5 };
    const event = anEvent('consent.changed', { receivedAt: NOW, occurredAt: daysAgo(1), data: odd });

    await watch(
      machine,
      event,
      anEvent('consent.changed', { receivedAt: NOW, data: { ...odd, store: { a: 1 } } }),
    );

    expect((await feedOf(machine)).tills).toMatchObject([{ terminal: 'constructor', missingCount: 0 }]);
  });

  it('says nothing of events that no till wrote', async () => {
    const machine = memoryMachine();

    await watch(machine, anEvent('member.enrolled'), anEvent('product.viewed'), anEvent('consent.changed'));

    expect((await listed(machine)).feeds).toEqual([]);
  });

  it('has room for the tills of a store, not for names without end', async () => {
    const machine = memoryMachine();
    await watch(machine, receipt(1, { terminal: 'z-till' }));

    const flood = Array.from({ length: 1_000 }, (_, n) => receipt(1, { terminal: `invented-${n}` }));
    await watch(machine, ...flood);

    const { tills, moreTills } = await feedOf(machine);
    expect([tills.length, moreTills]).toEqual([MOST_TILLS, true]);
    expect(tills.map(({ terminal }) => terminal)).toContain('z-till');
  });
});

describe('receipts that were mended', () => {
  it('count as they stand now, and a numbered event that is no receipt keeps its place', async () => {
    const machine = memoryMachine();
    const about = (type: 'sale.voided' | 'receipt.corrected' | 'adjustment.recorded', data: object) =>
      anEvent(type, {
        occurredAt: daysAgo(1),
        receivedAt: NOW,
        data: { store: 'ams-01', terminal: 'till-1', ...data },
      });
    const lines = [{ sku: 'TEA', quantity: 1, unitPrice: 250 }];

    await watch(
      machine,
      receipt(1, { amount: 100 }),
      receipt(2, { amount: 200 }),
      receipt(3, { amount: 300 }),
      about('sale.voided', { receipt: '2', sequence: 4 }),
      about('receipt.corrected', { receipt: '3', revision: 1, lines, sequence: 5 }),
      about('adjustment.recorded', { receipt: 'a-6', sequence: 6 }),
      close({ receipts: 2, sales: 350, firstSequence: 1, lastSequence: 6 }),
    );

    expect((await feedOf(machine)).closes).toMatchObject([
      { reconciled: true, kept: { receipts: 2, sales: 350 }, missing: [] },
    ]);
  });
});

describe('a close that was told wrongly', () => {
  const [wrong, better, right] = [
    close({ receipts: 9, sales: 900 }),
    close({ revision: 1, receipts: 1, sales: 90 }),
    close({ revision: 2, receipts: 1, sales: 100 }),
  ] as const;

  it.each([
    ['in their order', [wrong, better, right]],
    ['in another', [right, wrong, better]],
    ['all at once', undefined],
  ])('is as its highest revision has it, whenever that comes: %s', async (_how, inTurn) => {
    const machine = memoryMachine();

    await watch(machine, receipt(1));
    if (inTurn === undefined) await watch(machine, better, right, wrong);
    else for (const one of inTurn) await watch(machine, one);

    expect((await feedOf(machine)).closes).toMatchObject([{ reconciled: true, told: { sales: 100 } }]);
  });
});

describe('a day that is closed twice', () => {
  it('adds the later shift to what was compared before', async () => {
    const machine = memoryMachine();
    await watch(machine, receipt(1), close({ receipts: 1, sales: 100 }));
    await watch(machine, receipt(2, { amount: 200 }));

    const between = await feedOf(machine);
    await watch(machine, close({ shift: 2, receipts: 1, sales: 200 }));

    expect(between.closes).toMatchObject([{ reconciled: false, told: { receipts: 1, sales: 100 } }]);
    expect((await feedOf(machine)).closes).toMatchObject([
      { reconciled: true, told: { receipts: 2, sales: 300 } },
    ]);
  });

  it('is left out where its day is months from the clock that tells it', async () => {
    const machine = memoryMachine();

    await watch(machine, receipt(1), close({ receipts: 1, sales: 100, day: dateOf(47) }));

    expect((await feedOf(machine)).closes).toEqual([]);
    expect(machine.everyRow()).not.toContain(dateOf(47));
  });
});

describe('many stores', () => {
  const isNew = (n: number) => receipt(1, { store: `s-${10 + n}` });

  it('become known at once, and are listed page by page', async () => {
    const machine = memoryMachine();
    await watch(machine, ...Array.from({ length: 12 }, (_, n) => isNew(n)));

    const first = await listed(machine, { limit: 8 });
    const second = await listed(machine, { limit: 8, cursor: String(first.cursor) });

    expect([...first.feeds, ...second.feeds].map(({ store }) => store)).toEqual(
      Array.from({ length: 12 }, (_, n) => `s-${10 + n}`),
    );
    expect(second.cursor).toBeUndefined();
  });

  it('of made-up names do not fill the store without end, and those that are known go on', async () => {
    const machine = memoryMachine();
    await watch(machine, isNew(1));
    const month = NOW.slice(0, 7);
    await machine.table.commit([{ put: keys.feedsMadeKnown('till', month), value: { stores: 3_000 } }]);

    await watch(machine, isNew(2), receipt(2, { store: 's-11' }), receipt(4, { store: 's-11' }));

    expect((await listed(machine)).feeds).toMatchObject([{ store: 's-11', tills: [{ missingCount: 1 }] }]);
    await expect(feedOf(machine, 's-12')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are not lost where the table stays contended: the batch comes again', async () => {
    const machine = memoryMachine();
    const pauses: number[] = [];
    const contended: MemoryMachine['table'] = {
      ...machine.table,
      commit: () => Promise.resolve({ ok: false, failed: [0] } as never),
    };
    const watching = watchFeeds({
      ...machine,
      table: contended,
      pause: async (lost) => {
        pauses.push(lost);
      },
    });

    await expect(watching([{ events: [isNew(1)] }])).rejects.toThrow('s-11');
    expect(pauses).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    await watch(machine, isNew(1));
    expect((await listed(machine)).feeds).toHaveLength(1);
  });
});

describe('the feed of one store', () => {
  it('tells its closes page by page', async () => {
    const machine = memoryMachine();
    await watch(machine, ...[1, 2, 3].map((days) => close({ receipts: 0, sales: 0 }, days)));

    const first = await feedOf(machine, 'ams-01', { limit: 2 });
    const second = await feedOf(machine, 'ams-01', { limit: 2, cursor: String(first.cursor) });

    expect([...first.closes, ...second.closes].map(({ day }) => day).sort()).toEqual([3, 2, 1].map(dateOf));
    expect(second.cursor).toBeUndefined();
  });

  it('was heard when any of its tills was heard last, and is silent in hours that were never quiet', async () => {
    const machine = memoryMachine();
    const weeks = Array.from({ length: 28 }, (_, day) =>
      ['09:10', '10:10', '11:10', '12:10'].map((time, n) =>
        aSale(100, {
          occurredAt: `${dateOf(day + 1)}T${time}:00.000Z`,
          receivedAt: `${dateOf(day + 1)}T${time}:30.000Z`,
          data: { store: 'ams-01', terminal: `till-${1 + (day % 2)}`, receipt: `${day}-${n}` },
        }),
      ),
    ).flat();
    await watch(machine, ...weeks);
    machine.setClock(`${dateOf(0)}T13:30:00.000Z`);

    expect(await feedOf(machine)).toMatchObject({
      status: 'silent',
      heardAt: `${dateOf(1)}T12:10:30.000Z`,
      silence: { since: `${dateOf(1)}T12:10:30.000Z`, missedHours: expect.any(Number) },
    });
  });

  it('is not silent by day where it sends at night what it wrote, or its clock tells another hour', async () => {
    const machine = memoryMachine();
    const weeks = Array.from({ length: 28 }, (_, day) =>
      ['09:10', '10:10', '11:10', '12:10'].map((time, n) =>
        aSale(100, {
          occurredAt: `${dateOf(day + 1)}T${time}:00.000Z`,
          receivedAt: `${dateOf(day + 1)}T21:00:30.000Z`,
          data: { store: 'ams-01', terminal: 'till-1', receipt: `${day}-${n}` },
        }),
      ),
    ).flat();
    await watch(machine, ...weeks);
    machine.setClock(`${dateOf(0)}T20:30:00.000Z`);

    expect((await feedOf(machine)).status).toBe('ok');
    expect(JSON.stringify((await feedOf(machine)).usualHours)).toContain('[22]');
  });
});
