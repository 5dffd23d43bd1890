import { describe, expect, it } from 'vitest';
import { readCustomer } from '../../../../../shared/application/customers/read-customer.ts';
import { IdentitySettings } from '../../../../../shared/domain/identity/settings.ts';
import { dayFromIso } from '../../../../../shared/domain/kernel/day.ts';
import type { ProfileId } from '../../../../../shared/domain/kernel/ids.ts';
import { aSoldReceipt } from '../../../../builders/a-submission.ts';
import { type MemoryMachine, memoryMachine, tell } from '../../../../support/memory-machine.ts';
import { desk, member, phoneOf } from './an-identity-desk.ts';

const phone = '+31612345678';
const mails = ['a@example.com', 'b@example.com'];

/** Ada with a phone, which two addresses were seen with; each was bought with once. */
async function ada(): Promise<{ machine: MemoryMachine; profiles: readonly ProfileId[] }> {
  const machine = memoryMachine();
  await tell(
    machine,
    aSoldReceipt(1, { ids: { member: 'ADA', phone } }),
    ...mails.flatMap((email) => [
      aSoldReceipt(10, { ids: { phone, email } }),
      aSoldReceipt(100, { ids: { email } }),
    ]),
  );
  const addresses = mails.map((email) => machine.keyring.profileId('email', email));
  return { machine, profiles: [member(machine, 'ADA'), phoneOf(machine, phone), ...addresses] };
}

/** The host starts again with a phone that no two addresses may share. */
const stricter = (machine: MemoryMachine): MemoryMachine => ({
  ...machine,
  stage: {
    ...machine.stage,
    identity: IdentitySettings.parse({ limits: { phone: { members: 2, others: 1 } } }),
  },
});

const customersOf = async ({ table }: MemoryMachine, profiles: readonly ProfileId[]) => {
  const found = await Promise.all(profiles.map((id) => readCustomer(table, id, dayFromIso('2026-03-15'))));
  return new Map(found.flatMap((one) => (one === undefined ? [] : [[one.view.id, one.profiles]])));
};

describe('a customer whose phone is shared by changed limits', () => {
  it('stays one until something is heard of it', async () => {
    const { machine, profiles } = await ada();

    await tell(stricter(machine), aSoldReceipt(1, { ids: { member: 'ADA', phone } }));

    expect([...(await customersOf(machine, profiles)).values()]).toEqual([
      expect.arrayContaining([...profiles]),
    ]);
  });

  it('comes apart whole with the next link, so that nobody is counted twice', async () => {
    const { machine, profiles } = await ada();
    const card = machine.keyring.profileId('card', 'C-7');

    await tell(stricter(machine), aSoldReceipt(1, { ids: { member: 'ADA', card: 'C-7' } }));

    const customers = await customersOf(machine, [...profiles, card]);
    expect([...customers.values()].flat().sort()).toEqual([...profiles, card].sort());
    expect(customers.size).toBe(4);
  });

  it('comes apart whole with a decision too', async () => {
    const { machine, profiles } = await ada();
    await tell(machine, aSoldReceipt(1, { ids: { member: 'BOB' } }));
    const bob = member(machine, 'BOB');
    const changed = desk(stricter(machine));

    const merged = await changed('mergeCustomers', { body: { customers: [profiles[2], bob] } });
    await changed('unmergeCustomers', { body: { merge: merged.body.decision } });

    const customers = await customersOf(machine, [...profiles, bob]);
    expect([...customers.values()].flat().sort()).toEqual([...profiles, bob].sort());
  });
});
