import { describe, expect, it } from 'vitest';
import { aSoldReceipt } from '../../../../builders/a-submission.ts';
import { alwaysLosing, losing } from '../../../../support/faults.ts';
import { type MemoryMachine, memoryMachine, tell } from '../../../../support/memory-machine.ts';
import { desk, member, phoneOf } from './an-identity-desk.ts';

/** Members who bought once each. */
async function members(...numbers: readonly string[]): Promise<MemoryMachine> {
  const machine = memoryMachine();
  await tell(machine, ...numbers.map((number) => aSoldReceipt(1, { ids: { member: number } })));
  return machine;
}

describe('a decision', () => {
  it('that others overtake for ever is given up, and nothing was decided', async () => {
    const machine = await members('ADA', 'BOB');
    const customers = [member(machine, 'ADA'), member(machine, 'BOB')];
    const before = machine.everyRow();

    const stuck = desk({ ...machine, table: alwaysLosing(machine.table) });
    const { status, body } = await stuck('mergeCustomers', { body: { customers } });

    expect({ status, code: body.code }).toEqual({ status: 503, code: 'too-many-conflicts' });
    expect(machine.everyRow()).toBe(before);
  });

  it('that another writer overtakes once is planned again, and taken', async () => {
    const machine = await members('ADA', 'BOB');
    const [ada, bob] = [member(machine, 'ADA'), member(machine, 'BOB')];

    const overtaken = desk({ ...machine, table: losing(machine.table, 1) });
    const { status, body } = await overtaken('mergeCustomers', { body: { customers: [ada, bob] } });

    expect(status).toBe(200);
    expect(body.after).toHaveLength(1);
    const { decisions } = (await desk(machine)('getIdentity', { params: { id: bob } })).body;
    expect(decisions.map(({ id }: { id: string }) => id)).toEqual([body.decision]);
  });

  it('about somebody of whom thirty stand already is refused', async () => {
    const others = Array.from({ length: 31 }, (_, n) => `M-${n}`);
    const machine = await members('ADA', ...others);
    const ask = desk(machine);
    const merge = (other: string) =>
      ask('mergeCustomers', { body: { customers: [member(machine, 'ADA'), member(machine, other)] } });
    for (const other of others.slice(0, 30))
      await ask('unmergeCustomers', { body: { merge: (await merge(other)).body.decision } });

    const { status, body } = await merge('M-30');

    expect({ status, detail: body.detail }).toEqual({
      status: 409,
      detail: expect.stringContaining('More than 30 decisions'),
    });
  });
});

describe('the preview of a merge that is taken back', () => {
  it('shows the two that it leaves', async () => {
    const machine = await members('ADA', 'BOB');
    const ask = desk(machine);
    const customers = [member(machine, 'ADA'), member(machine, 'BOB')];
    const merge = (await ask('mergeCustomers', { body: { customers } })).body.decision;

    const { body } = await ask('previewUnmerge', { body: { merge } });

    expect(body.before).toHaveLength(1);
    expect(body.after.map(({ id }: { id: string }) => id).sort()).toEqual(customers.toSorted());
  });

  it('says why where it stands no more', async () => {
    const machine = await members('ADA', 'BOB');
    const ask = desk(machine);
    const customers = [member(machine, 'ADA'), member(machine, 'BOB')];
    const merge = (await ask('mergeCustomers', { body: { customers } })).body.decision;
    await ask('unmergeCustomers', { body: { merge } });

    const { status, body } = await ask('previewUnmerge', { body: { merge } });

    expect(status).toBe(200);
    expect(body).toEqual({ before: [], after: [], refusal: expect.stringContaining('does not stand') });
  });
});

describe('a customer of as many profiles as there may be, whom four people put together', () => {
  /** Members, each with four phones. */
  const people = ['M-1', 'M-2', 'M-3', 'M-4'];
  const phones = (person: number) => [0, 1, 2, 3].map((phone) => `+3161234${person}${phone}00`);
  const aCrowd = async () => {
    const machine = memoryMachine();
    await tell(
      machine,
      ...people.flatMap((number, person) =>
        phones(person).map((phone) => aSoldReceipt(10, { ids: { member: number, phone } })),
      ),
    );
    const merge = (other: string) =>
      desk(machine)('mergeCustomers', {
        body: { customers: [member(machine, 'M-1'), member(machine, other)] },
      });
    await merge('M-2');
    await merge('M-3');
    return { machine, merge, last: await merge('M-4') };
  };

  it('is taken apart and put together again: what was said of each does not count as a profile', async () => {
    const { machine, merge, last } = await aCrowd();
    expect(last.body.after[0].profiles).toHaveLength(20);

    const apart = await desk(machine)('unmergeCustomers', { body: { merge: last.body.decision } });
    const nets = apart.body.after.map(({ purchases }: { purchases: { net: number } }) => purchases.net);
    expect(nets.toSorted()).toEqual([120, 40]);
    expect((await merge('M-4')).body.after).toMatchObject([{ purchases: { net: 160 } }]);
  });

  it('is worked out anew where an older receipt shows two of them together', async () => {
    const { machine } = await aCrowd();
    const [moved = ''] = phones(3);
    const old = { occurredAt: '2025-01-01T10:00:00Z', ids: { member: 'M-1', phone: moved } };

    await tell(machine, aSoldReceipt(1, old));

    const found = await desk(machine)('getIdentity', { params: { id: phoneOf(machine, moved) } });
    expect(found.body.profiles[0]).toMatchObject({ since: '2025-01-01T10:00:00.000Z' });
  });
});
