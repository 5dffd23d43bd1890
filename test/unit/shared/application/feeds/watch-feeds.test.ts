import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { feedsApi } from '../../../../../shared/application/feeds/feeds-api.ts';
import { watchFeeds } from '../../../../../shared/application/feeds/watch-feeds.ts';
import type { FeedAnswer, FeedList } from '../../../../../shared/contracts/feed-schemas.ts';
import type { AcceptedEvent } from '../../../../../shared/domain/events/event.ts';
import { MOST_TILLS } from '../../../../../shared/domain/feeds/store-feed.ts';
import { anEvent, aSale } from '../../../../builders/an-event.ts';
import { type MemoryMachine, memoryMachine, NOW } from '../../../../support/memory-machine.ts';

const caller = { kind: 'person', name: 'ada', roles: ['ops'] } as const;

const listed = async (machine: MemoryMachine): Promise<z.input<typeof FeedList>> => {
  const request = { params: undefined, query: { limit: 50, cursor: undefined }, body: undefined, caller };
  return (await feedsApi(machine).listFeeds(request)).body;
};

const feedOf = async (machine: MemoryMachine, store = 'ams-01'): Promise<z.input<typeof FeedAnswer>> => {
  const request = { params: { store }, query: { limit: 200, cursor: undefined }, body: undefined, caller };
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
