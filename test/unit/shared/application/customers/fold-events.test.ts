import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPersonal } from '../../../../../shared/application/customers/contact.ts';
import { foldEvents } from '../../../../../shared/application/customers/fold-events.ts';
import { readStatus } from '../../../../../shared/application/customers/status.ts';
import { recentKeys } from '../../../../../shared/application/ingest/recent-keys.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import type { AcceptedEvent } from '../../../../../shared/domain/events/event.ts';
import { groupsOf } from '../../../../../shared/domain/kernel/groups.ts';
import { MOST_WRITES, type Write } from '../../../../../shared/ports/table.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { alwaysLosing, Died, dying, full, losing, overtaken } from '../../../../support/faults.ts';
import {
  foldWaiting,
  type MemoryMachine,
  memoryMachine,
  submit,
  tell,
  waiting,
} from '../../../../support/memory-machine.ts';

/** Accepted, not folded yet. */
async function accepted(machine: MemoryMachine, ...items: unknown[]): Promise<AcceptedEvent[]> {
  await submit(machine, ...items);
  return waiting(machine);
}

const grossOf = async (machine: MemoryMachine) => (await readStatus(machine)).amounts['EUR']?.gross;

const reachesRecordOf = (profile: string) => (writes: readonly Write[]) =>
  writes.some((write) => 'put' in write && write.put.sk === 'aggregate' && write.put.pk === profile);

describe('events delivered more than once', () => {
  it('count once: within a delivery, in the next, and in another order', async () => {
    const machine = memoryMachine();
    const events = await accepted(
      machine,
      aSoldReceipt(100),
      aSoldReceipt(200),
      aSubmission('consent.changed'),
    );
    const fold = foldEvents(machine);

    const first = await fold([...events, ...events]);
    const again = await fold(events.toReversed());

    expect(first).toEqual({ folded: 3, duplicates: 3, conflicts: 0 });
    expect(again).toEqual({ folded: 0, duplicates: 3, conflicts: 0 });
    expect(await readStatus(machine)).toMatchObject({
      amounts: { EUR: { gross: 300 } },
      facts: { 'sale.recorded': 2 },
    });
  });

  it('count once where two workers fold them at the same time', async () => {
    const machine = memoryMachine();
    const items = Array.from({ length: 12 }, (_, n) => aSoldReceipt(100, { ids: { member: `M-${n % 3}` } }));
    const events = await accepted(machine, ...items);
    const fold = foldEvents(machine);

    await Promise.all([
      fold(events),
      fold(events),
      fold(events.toReversed()),
      ...events.map((event) => fold([event])),
    ]);

    expect(await readStatus(machine)).toMatchObject({ profiles: 3, amounts: { EUR: { gross: 1_200 } } });
  });

  it('with two contents that two doors took: the first folded stays, the other waits for a person', async () => {
    const machine = memoryMachine();
    const one = aSoldReceipt(100, { id: 'same' });
    const [first] = await accepted(machine, one);
    const [other] = await accepted({ ...machine, recent: recentKeys() }, { ...one, ids: { member: 'M-2' } });
    const both = [first, other].filter((event) => event !== undefined);
    const fold = foldEvents(machine);

    const report = await fold(both);
    await fold(both);

    expect(report).toEqual({ folded: 1, duplicates: 0, conflicts: 1 });
    expect(await readStatus(machine)).toMatchObject({
      profiles: 1,
      amounts: { EUR: { gross: 100 } },
      quarantine: { conflict: 1 },
    });
  });
});

describe('a writer who comes second', () => {
  it('reads again and adds to what the first wrote', async () => {
    const machine = memoryMachine();
    const [mine, theirs] = await accepted(machine, aSoldReceipt(100), aSoldReceipt(20));
    const others = foldEvents(machine);
    const table = overtaken(machine.table, 1, () => others(theirs === undefined ? [] : [theirs]));

    const report = await foldEvents({ ...machine, table })(mine === undefined ? [] : [mine]);

    expect(report.folded).toBe(1);
    expect(await grossOf(machine)).toBe(120);
  });

  it('finds its own event folded meanwhile', async () => {
    const machine = memoryMachine();
    const events = await accepted(machine, aSoldReceipt(100));
    const table = overtaken(machine.table, 1, () => foldEvents(machine)(events));

    expect(await foldEvents({ ...machine, table })(events)).toEqual({
      folded: 0,
      duplicates: 1,
      conflicts: 0,
    });
    expect(await grossOf(machine)).toBe(100);
  });

  it('loses eleven times and wins the twelfth', async () => {
    const machine = memoryMachine();
    const events = await accepted(machine, aSoldReceipt(100));
    const table = losing(machine.table, ...Array.from({ length: 11 }, (_, n) => n + 1));

    await foldEvents({ ...machine, table })(events);

    expect(await grossOf(machine)).toBe(100);
  });

  it('loses without end and says so; the event comes again later', async () => {
    const machine = memoryMachine();
    const events = await accepted(machine, aSoldReceipt(100));

    await expect(
      foldEvents({ ...machine, table: alwaysLosing(machine.table) })(events),
    ).rejects.toMatchObject({
      code: 'too-many-conflicts',
      retryable: true,
    });
    expect(await grossOf(machine)).toBe(0);
  });
});

describe('a record that cannot be folded', () => {
  it('does not keep others waiting, and what failed is told', async () => {
    const machine = memoryMachine();
    const events = await accepted(
      machine,
      ...['M-1', 'M-2', 'M-3'].map((member, n) => aSoldReceipt(10 ** n, { ids: { member } })),
    );
    const stuck = reachesRecordOf(machine.keyring.profileId('member', 'M-1'));
    const table = alwaysLosing(machine.table, (writes) => !stuck(writes));

    await expect(foldEvents({ ...machine, table })(events)).rejects.toMatchObject({
      code: 'too-many-conflicts',
    });

    expect(await grossOf(machine)).toBe(110);
    await foldEvents(machine)(events);
    expect(await grossOf(machine)).toBe(111);
  });

  it('on a full disk writes nothing and loses nothing', async () => {
    const machine = memoryMachine();
    const events = await accepted(machine, aSoldReceipt(100));

    await expect(foldEvents({ ...machine, table: full(machine.table) })(events)).rejects.toMatchObject({
      code: 'store-unavailable',
    });

    expect(await foldEvents(machine)(events)).toMatchObject({ folded: 1 });
  });
});

describe('a process that dies while folding', () => {
  const ids = { member: 'M-1', phone: '+31612345678', email: 'ada@example.com', device: 'd' };
  const family = [
    aSubmission('member.enrolled', { ids, data: { name: 'Ada Vermeer' } }),
    ...Array.from({ length: 40 }, (_, n) => aSoldReceipt(100, { id: `s-${n}`, ids: { member: 'M-1' } })),
    aSoldReceipt(7, { ids: { phone: '+31612345678' } }),
    aSoldReceipt(1, { ids: {} }),
    aSubmission('page.viewed', { ids: { device: 'd' } }),
  ];

  it('before or after any write ends, when all is delivered again, as if it had lived', async () => {
    const untouched = memoryMachine();
    await foldEvents(untouched)(await accepted(untouched, ...family));
    const expected = await readStatus(untouched);

    let deaths = 0;
    for (let at = 1; at < 20; at += 1) {
      for (const when of ['before', 'after'] as const) {
        const machine = memoryMachine();
        const events = await accepted(machine, ...family);
        const table = dying(machine.table, at, when);
        const died = await foldEvents({ ...machine, table })(events).then(
          () => false,
          (error: unknown) => error instanceof Died,
        );
        deaths += died ? 1 : 0;
        await foldEvents(machine)(events);

        expect({ at, when, ...(await readStatus(machine)) }).toEqual({ at, when, ...expected });
        const member = machine.keyring.profileId('member', 'M-1');
        expect(await readPersonal(machine, [member], 'name')).toBe('Ada Vermeer');
      }
    }
    expect(deaths).toBeGreaterThanOrEqual(12);
  });
});

describe('more than one commit holds', () => {
  it('of one profile is folded in several, each whole', async () => {
    const machine = memoryMachine();
    const items = Array.from({ length: 120 }, (_, n) => aSoldReceipt(1, { id: `r-${n}` }));
    const events = await accepted(machine, ...items);
    const commits: number[] = [];
    const table = {
      ...machine.table,
      commit: (writes: readonly Write[]) => {
        commits.push(writes.length);
        return machine.table.commit(writes);
      },
    };

    const report = await foldEvents({ ...machine, table })([...events, ...events.slice(0, 5)]);

    expect(report).toEqual({ folded: 120, duplicates: 5, conflicts: 0 });
    expect(Math.max(...commits)).toBeLessThanOrEqual(MOST_WRITES);
    expect(commits).toHaveLength(Math.ceil((120 * 3) / (MOST_WRITES - 1)));
    expect(await grossOf(machine)).toBe(120);
  });

  it('of signals costs one write', async () => {
    const machine = memoryMachine();
    const items = Array.from({ length: 500 }, () => aSubmission('product.viewed'));
    const events = await accepted(machine, ...items);

    await foldEvents(machine)(events);

    const item = await machine.table.get(keys.aggregate(machine.keyring.profileId('member', 'M-1')));
    expect(item?.version).toBe(1);
    expect((await readStatus(machine)).signals).toEqual({ 'product.viewed': 500 });
  });
});

describe('strangers', () => {
  it('are summed up by till and day, for the store and for no customer', async () => {
    const machine = memoryMachine();
    const at = (terminal: string, occurredAt: string) =>
      aSoldReceipt(100, { ids: {}, occurredAt, data: { store: 'a/b', terminal } });
    await tell(
      machine,
      at('1', '2026-03-13T22:59:00Z'),
      at('1', '2026-03-13T23:00:00Z'),
      at('1', '2026-03-14T10:00:00Z'),
      at('2', '2026-03-14T10:00:00Z'),
      aSubmission('page.viewed', { ids: {} }),
    );

    expect(await readStatus(machine)).toMatchObject({
      profiles: 0,
      customers: 0,
      facts: { 'sale.recorded': 4 },
      signals: { 'page.viewed': 1 },
      stores: { 'a/b': 400 },
    });
    const { items } = await machine.table.scan({ table: 'customers', segment: 0, of: 1, limit: 100 });
    expect(items.map(({ pk }) => pk).sort()).toEqual([
      'store/a%2Fb/1/2026-03-13',
      'store/a%2Fb/1/2026-03-14',
      'store/a%2Fb/2/2026-03-14',
      'store/none/none/2026-03-14',
    ]);
  });
});

describe('what the vault keeps', () => {
  const said = (occurredAt: string, data: Record<string, unknown>) =>
    aSubmission('member.updated', { occurredAt, data: { homeStore: undefined, ...data } });
  const monday = said('2026-03-02T10:00:00Z', { name: 'Ada Jansen', birthday: '1988-05-17' });
  const tuesday = said('2026-03-03T10:00:00Z', { name: 'Ada Vermeer' });

  it.each([
    ['in order', [[monday], [tuesday]]],
    ['late', [[tuesday], [monday]]],
    ['together', [[monday, tuesday]]],
    ['together and turned round', [[tuesday, monday]]],
  ])('is the latest word of each field, told %s', async (_how, batches) => {
    const machine = memoryMachine();
    for (const batch of batches) await tell(machine, ...batch);

    const profiles = [machine.keyring.profileId('member', 'M-1')];
    expect(await readPersonal(machine, profiles, 'name')).toBe('Ada Vermeer');
    expect(await readPersonal(machine, profiles, 'birthday')).toBe('1988-05-17');
    expect(await readPersonal(machine, profiles, 'address')).toBeUndefined();
  });

  it('is nothing any more once the key is destroyed, and what is said later counts again', async () => {
    const machine = memoryMachine();
    const member = machine.keyring.profileId('member', 'M-1');
    await tell(machine, monday);

    await machine.keyring.forget(member);
    expect(await readPersonal(machine, [member], 'name')).toBeUndefined();

    await tell(machine, tuesday);
    expect(await readPersonal(machine, [member], 'name')).toBe('Ada Vermeer');
    expect(await readPersonal(machine, [member], 'birthday')).toBeUndefined();
  });

  it('that cannot be opened for another reason is an error and not silence', async () => {
    const machine = memoryMachine();
    await tell(machine, monday);
    const keyring = { ...machine.keyring, open: () => Promise.reject(new Died()) };

    await expect(
      readPersonal({ ...machine, keyring }, [machine.keyring.profileId('member', 'M-1')], 'name'),
    ).rejects.toBeInstanceOf(Died);
  });
});

describe('any order, any doubling and any cut into batches', () => {
  const members = fc.constantFrom({ member: 'M-1' }, { member: 'M-2' }, { member: 'M-3' });
  const others = fc.constantFrom(
    {},
    { phone: '+31612345678' },
    { phone: '+31687654321' },
    { email: 'a@example.com' },
    { email: 'b@example.com', device: 'd1' },
    { device: 'd2' },
  );
  const ids = fc.oneof(
    fc.tuple(members, others).map(([a, b]): Record<string, string> => ({ ...a, ...b })),
    others.map((some): Record<string, string> => some),
  );
  const minute = fc
    .integer({ min: 0, max: 800 * 24 * 60 })
    .map((n) => new Date(Date.parse('2024-01-01T00:00:00Z') + n * 60_000).toISOString());
  const amount = fc.integer({ min: 1, max: 99_999 });
  const item = fc
    .tuple(
      fc.constantFrom('sale', 'sale', 'return', 'consent', 'member', 'view', 'adjustment', 'bad'),
      ids,
      minute,
      amount,
    )
    .map(([kind, who, occurredAt, unitPrice]): unknown => {
      const goods = {
        lines: [{ sku: 'TEA', quantity: 1.5, unitPrice, category: unitPrice % 2 === 0 ? 'tea' : 'ware' }],
      };
      const frame = { ids: who, occurredAt };
      if (kind === 'sale')
        return aSoldReceipt(1, { ...frame, data: { ...goods, part: 1 + (unitPrice % 2) } });
      if (kind === 'return') return aSubmission('return.recorded', { ...frame, data: goods });
      if (kind === 'consent')
        return aSubmission('consent.changed', {
          ...frame,
          data: { status: unitPrice % 2 === 0 ? 'granted' : 'withdrawn' },
        });
      if (kind === 'member')
        return aSubmission('member.updated', {
          ...frame,
          data: { language: unitPrice % 2 === 0 ? 'nl' : 'de' },
        });
      if (kind === 'view') return aSubmission('page.viewed', frame);
      return kind === 'adjustment' ? aSubmission('adjustment.recorded', frame) : aSoldReceipt(-1, frame);
    });
  const telling = fc.array(item, { minLength: 1, maxLength: 30 }).chain((items) =>
    fc.record({
      items: fc.constant(items),
      told: fc
        .shuffledSubarray([...items, ...items], { minLength: items.length, maxLength: 2 * items.length })
        .map((some) => [...new Set([...some, ...items]), ...some]),
      size: fc.integer({ min: 1, max: 12 }),
      foldSize: fc.integer({ min: 1, max: 12 }),
      seed: fc.nat(),
    }),
  );

  it('of the same events end in the same state', async () => {
    await fc.assert(
      fc.asyncProperty(telling, async ({ items, told, size, foldSize, seed }) => {
        const [plain, wild] = [memoryMachine(), memoryMachine()];
        await tell(plain, ...items);

        // Two doors that do not know of each other, and deliveries that come twice and in any order.
        const doors = [wild, { ...wild, recent: recentKeys() }];
        for (const [n, batch] of groupsOf(told, size).entries()) await submit(doors[n % 2] ?? wild, ...batch);
        const deliveries = waiting(wild);
        const shuffled =
          fc.sample(
            fc.shuffledSubarray([...deliveries, ...deliveries], { minLength: 2 * deliveries.length }),
            { seed, numRuns: 1 },
          )[0] ?? [];
        for (const batch of groupsOf(shuffled, foldSize)) await foldEvents(wild)(batch);

        expect(await readStatus(wild)).toEqual(await readStatus(plain));
        expect(await foldWaiting(plain)).toEqual({ folded: 0, duplicates: 0, conflicts: 0 });
      }),
      { numRuns: 40 },
    );
  });
});
