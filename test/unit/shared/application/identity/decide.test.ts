import { describe, expect, it } from 'vitest';
import { aSoldReceipt } from '../../../../builders/a-submission.ts';
import { alwaysLosing, losing } from '../../../../support/faults.ts';
import { type MemoryMachine, memoryMachine, tell } from '../../../../support/memory-machine.ts';
import { desk, member } from './an-identity-desk.ts';

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
