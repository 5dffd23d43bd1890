import { describe, expect, it } from 'vitest';
import { readPersonal } from '../../../../../shared/application/customers/contact.ts';
import { foldEvents } from '../../../../../shared/application/customers/fold-events.ts';
import { readStatus } from '../../../../../shared/application/customers/status.ts';
import { recentKeys } from '../../../../../shared/application/ingest/recent-keys.ts';
import type { Write } from '../../../../../shared/ports/table.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { alwaysLosing, Died, dying, full, losing, overtaken } from '../../../../support/faults.ts';
import { accepted, type MemoryMachine, memoryMachine } from '../../../../support/memory-machine.ts';

const grossOf = async (machine: MemoryMachine) => (await readStatus(machine)).amounts['EUR']?.gross;

const reachesRecordOf = (profile: string) => (writes: readonly Write[]) =>
  writes.some((write) => 'put' in write && write.put.sk === 'aggregate' && write.put.pk === profile);

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

  it('finds its name taken meanwhile by another customer’s event', async () => {
    const machine = memoryMachine();
    const other = { ...machine, recent: recentKeys() };
    const mine = await accepted(machine, aSoldReceipt(100, { id: 'same', ids: { member: 'M-1' } }));
    const theirs = await accepted(other, aSoldReceipt(7, { id: 'same', ids: { member: 'M-2' } }));
    const table = overtaken(machine.table, 1, () => foldEvents(machine)(theirs));

    expect(await foldEvents({ ...machine, table })(mine)).toEqual({ folded: 0, duplicates: 0, conflicts: 1 });
    expect(await grossOf(machine)).toBe(7);
  });

  it('loses eleven times and wins the twelfth', async () => {
    const machine = memoryMachine();
    const events = await accepted(machine, aSoldReceipt(100));
    const table = losing(machine.table, ...Array.from({ length: 11 }, (_, n) => n + 1));

    const pauses: number[] = [];

    await foldEvents({ ...machine, table, pause: async (attempt) => pauses.push(attempt) })(events);

    expect(pauses).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
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
    expect(deaths).toBeGreaterThanOrEqual(10);
  });
});
