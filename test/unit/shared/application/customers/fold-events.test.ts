import { describe, expect, it } from 'vitest';
import { foldEvents } from '../../../../../shared/application/customers/fold-events.ts';
import { readStatus } from '../../../../../shared/application/customers/status.ts';
import { recentKeys } from '../../../../../shared/application/ingest/recent-keys.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import { MOST_WRITES, type Table } from '../../../../../shared/ports/table.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { full, lagging, overtaken } from '../../../../support/faults.ts';
import { accepted, type MemoryMachine, memoryMachine, tell } from '../../../../support/memory-machine.ts';

const grossOf = async (machine: MemoryMachine) => (await readStatus(machine)).amounts['EUR']?.gross;

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

/** A table that notes how many writes each commit had. */
function counting(table: Table): { readonly table: Table; readonly commits: number[] } {
  const commits: number[] = [];
  const commit: Table['commit'] = (writes) => {
    commits.push(writes.length);
    return table.commit(writes);
  };
  return { table: { ...table, commit }, commits };
}

describe('many small records', () => {
  it('share commits, each as full as it may be', async () => {
    const machine = memoryMachine();
    const items = Array.from({ length: 60 }, (_, n) => aSoldReceipt(1, { ids: { member: `M-${n}` } }));
    const events = await accepted(machine, ...items);
    const { table, commits } = counting(machine.table);

    expect(await foldEvents({ ...machine, table })(events)).toMatchObject({ folded: 60 });

    // An aggregate, a fact and a name each: 33 records fill a commit of 100.
    expect(commits).toEqual([99, 81]);
    expect(await readStatus(machine)).toMatchObject({ profiles: 60, amounts: { EUR: { gross: 60 } } });
  });

  it('of which two claim one name are folded apart from each other and with the rest', async () => {
    const machine = memoryMachine();
    const items = Array.from({ length: 10 }, (_, n) =>
      aSoldReceipt(1, { id: `r-${n}`, ids: { member: `M-${n}` } }),
    );
    const events = await accepted(machine, ...items);
    const again = aSoldReceipt(50, { id: 'r-0', ids: { member: 'M-x' } });
    const other = await accepted({ ...machine, recent: recentKeys() }, again);
    const { table, commits } = counting(machine.table);

    expect(await foldEvents({ ...machine, table })([...events, ...other])).toEqual({
      folded: 10,
      duplicates: 0,
      conflicts: 1,
    });

    expect(commits.length).toBeLessThanOrEqual(3);
    expect(await grossOf(machine)).toBe(10);
  });
});

describe('records of signals alone', () => {
  const visitors = (count: number) =>
    Array.from({ length: count }, (_, n) => aSubmission('page.viewed', { ids: { member: `V-${n}` } }));

  it('are written each by itself, beside the commit of the others', async () => {
    const machine = memoryMachine();
    const events = await accepted(machine, ...visitors(5), aSoldReceipt(100, { ids: { member: 'M-1' } }));
    const { table, commits } = counting(machine.table);
    const alone: number[] = [];
    const writeEach: Table['writeEach'] = (writes) => {
      alone.push(writes.length);
      return table.writeEach(writes);
    };

    const report = await foldEvents({ ...machine, table: { ...table, writeEach } })(events);

    expect(report).toEqual({ folded: 6, duplicates: 0, conflicts: 0 });
    expect({ commits, alone }).toEqual({ commits: [3], alone: [5] });
    expect(await readStatus(machine)).toMatchObject({
      signals: { 'page.viewed': 5 },
      amounts: { EUR: { gross: 100 } },
    });
  });

  it('of which one was written to meanwhile are counted all, each once', async () => {
    const machine = memoryMachine();
    const events = await accepted(machine, ...visitors(5));
    const [more] = await accepted(machine, aSubmission('page.viewed', { ids: { member: 'V-1' } }));
    const others = foldEvents(machine);
    const table = overtaken(machine.table, 2, () => others(more === undefined ? [] : [more]));

    expect(await foldEvents({ ...machine, table })(events)).toMatchObject({ folded: 5 });

    expect((await readStatus(machine)).signals).toEqual({ 'page.viewed': 6 });
  });

  it('are counted once when they come again after a part of them was written', async () => {
    const machine = memoryMachine();
    const events = await accepted(machine, ...visitors(5));

    await expect(foldEvents({ ...machine, table: full(machine.table, 3) })(events)).rejects.toThrow(
      'disk full',
    );
    await foldEvents(machine)(events);

    expect((await readStatus(machine)).signals).toEqual({ 'page.viewed': 5 });
  });
});

describe('reads that lag', () => {
  it('cost a second look, and never an event', async () => {
    const machine = memoryMachine();
    const table = lagging(machine.table);
    const late = foldEvents({ ...machine, table });
    const [first, second] = [
      await accepted(machine, aSoldReceipt(100), aSoldReceipt(20, { ids: { member: 'M-2' } })),
      await accepted(machine, aSoldReceipt(3), aSubmission('page.viewed', { ids: { member: 'M-2' } })),
    ];

    await late(first);
    expect(await late(second)).toEqual({ folded: 2, duplicates: 0, conflicts: 0 });
    expect(await late(first)).toEqual({ folded: 0, duplicates: 2, conflicts: 0 });

    expect(await readStatus(machine)).toMatchObject({
      amounts: { EUR: { gross: 123 } },
      signals: { 'page.viewed': 1 },
    });
  });
});

describe('more than one commit holds', () => {
  it('of one profile is folded in several, each whole', async () => {
    const machine = memoryMachine();
    const items = Array.from({ length: 120 }, (_, n) => aSoldReceipt(1, { id: `r-${n}` }));
    const events = await accepted(machine, ...items);
    const { table, commits } = counting(machine.table);

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
