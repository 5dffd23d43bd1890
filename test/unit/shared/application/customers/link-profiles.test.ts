import { describe, expect, it } from 'vitest';
import { foldEvents } from '../../../../../shared/application/customers/fold-events.ts';
import { readCustomer } from '../../../../../shared/application/customers/read-customer.ts';
import { readStatus } from '../../../../../shared/application/customers/status.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import { MOST_PROFILES } from '../../../../../shared/domain/identity/membership.ts';
import { dayFromIso } from '../../../../../shared/domain/kernel/day.ts';
import type { Write } from '../../../../../shared/ports/table.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { customersOf } from '../../../../support/customers-of.ts';
import { alwaysLosing, Died, dying, overtaken } from '../../../../support/faults.ts';
import {
  type MemoryMachine,
  memoryMachine,
  submit,
  tell,
  waiting,
} from '../../../../support/memory-machine.ts';

const today = dayFromIso('2026-03-15');
const ofMembership = (writes: readonly Write[]) =>
  writes.some((write) => 'put' in write && write.put.sk === 'customer');
const [phone, email] = ['+31612345678', 'ada@example.com'];

describe('identifiers that come together', () => {
  it('become one customer, found by each of them, with everything they bought', async () => {
    const machine = memoryMachine();
    const { keyring, table } = machine;
    const ids = { member: 'M-1', phone, email, device: 'd-1' };
    await tell(
      machine,
      aSoldReceipt(1, { ids: { device: 'd-1' }, occurredAt: '2026-03-01T10:00:00Z' }),
      aSoldReceipt(10, { ids: { phone }, occurredAt: '2026-03-02T10:00:00Z' }),
      aSoldReceipt(100, { ids: { email }, occurredAt: '2026-03-03T10:00:00Z' }),
    );
    expect(await readStatus(machine)).toMatchObject({ profiles: 3, customers: 3 });

    await tell(machine, aSubmission('member.enrolled', { ids }));
    await tell(machine, aSoldReceipt(1_000, { ids: { member: 'M-1' } }));

    expect(await readStatus(machine)).toMatchObject({ profiles: 4, customers: 1 });
    const profiles = [
      keyring.profileId('member', 'M-1'),
      keyring.profileId('phone', phone),
      keyring.profileId('email', email),
      keyring.profileId('device', 'd-1'),
    ];
    for (const profile of profiles) {
      const found = await readCustomer(table, profile, today);
      expect(found?.profiles).toEqual(profiles);
      expect(found?.view.id).toBe(profiles[0]);
      expect(found?.view.aggregate.stores['ams-01']).toEqual({ orders: 4, units: 4, net: 1_111 });
    }
  });

  it('are found by one that never bought anything', async () => {
    const machine = memoryMachine();
    await tell(machine, aSoldReceipt(100, { ids: { member: 'M-1', email } }));

    const found = await readCustomer(machine.table, machine.keyring.profileId('email', email), today);

    expect(found?.view.aggregate.units).toBe(1);
  });

  it('leave evidence of the event that joined them, also after a crash and a second telling', async () => {
    const machine = memoryMachine();
    const [a, b] = [machine.keyring.profileId('member', 'M-1'), machine.keyring.profileId('phone', phone)];
    await submit(machine, aSoldReceipt(100, { id: 'first', ids: { member: 'M-1', phone } }));
    const events = waiting(machine);

    await expect(
      foldEvents({ ...machine, table: dying(machine.table, 2, 'before') })(events),
    ).rejects.toBeInstanceOf(Died);
    await foldEvents(machine)(events);
    await tell(machine, aSoldReceipt(100, { id: 'second', ids: { member: 'M-1', phone } }));

    const at = Date.parse('2026-03-14T10:15:00.000Z');
    const kept = await machine.table.getMany([a, b].map(keys.membership));
    expect(kept.map((item) => item?.value['links'])).toEqual([[[b, at, 'first']], [[a, at, 'first']]]);
  });

  it('cost one commit when they are new, and nothing after', async () => {
    const machine = memoryMachine();
    let links = 0;
    const commit: MemoryMachine['table']['commit'] = (writes) => {
      if (ofMembership(writes)) links += 1;
      return machine.table.commit(writes);
    };
    const ids = { member: 'M-1', phone, email, device: 'd-1' };

    for (const amount of [1, 2, 3]) {
      await submit(machine, aSoldReceipt(amount, { ids }));
      await foldEvents({ ...machine, table: { ...machine.table, commit } })(waiting(machine));
    }

    expect(links).toBe(1);
  });
});

describe('profiles that must not be joined', () => {
  it('two member numbers, also by way of a shared phone: the first keeps it, and the refusal is told', async () => {
    const machine = memoryMachine();
    const { keyring, table } = machine;
    const [ada, bob, shared] = [
      keyring.profileId('member', 'ADA'),
      keyring.profileId('member', 'BOB'),
      keyring.profileId('phone', phone),
    ];

    await tell(machine, aSoldReceipt(100, { ids: { member: 'Ada', phone } }));
    await tell(machine, aSoldReceipt(7, { ids: { member: 'Bob', phone } }));

    expect(await readStatus(machine)).toMatchObject({ profiles: 3, customers: 2 });
    expect((await readCustomer(table, shared, today))?.profiles).toContain(ada);
    expect((await readCustomer(table, bob, today))?.profiles).toEqual([bob]);
    const { items } = await table.query({ table: 'control', pk: 'proposals', limit: 10 });
    expect(items.map(({ value }) => value)).toMatchObject([
      { reason: 'two-members', profiles: [ada, bob].sort(), evidence: { via: shared }, status: 'open' },
    ]);
  });

  it('the one beyond the largest number of them', async () => {
    const machine = memoryMachine();
    for (let n = 0; n < MOST_PROFILES; n += 1)
      await tell(machine, aSoldReceipt(1, { ids: { member: 'M-1', device: `d-${n}` } }));

    const [customer, other] = (await customersOf(machine)).toSorted((a, b) => b.length - a.length);
    expect(customer).toHaveLength(MOST_PROFILES);
    expect(other).toBeUndefined();
    expect(await readStatus(machine)).toMatchObject({ amounts: { EUR: { gross: MOST_PROFILES } } });
  });
});

describe('links that are made at the same time', () => {
  it('all end in one customer', async () => {
    const machine = memoryMachine();
    const pairs = [
      { member: 'M-1', phone },
      { phone, email },
      { email, device: 'd-1' },
      { member: 'M-1', device: 'd-2' },
    ];
    await submit(machine, ...pairs.map((ids) => aSoldReceipt(1, { ids })));
    const events = waiting(machine);

    await Promise.all([...events, ...events].map((event) => foldEvents(machine)([event])));

    expect((await customersOf(machine)).map((profiles) => profiles.length)).toEqual([5]);
  });

  it('by another worker just before ours are joined with them', async () => {
    const machine = memoryMachine();
    await submit(
      machine,
      aSoldReceipt(1, { ids: { member: 'M-1', phone } }),
      aSoldReceipt(1, { ids: { phone, email } }),
    );
    const [first, second] = waiting(machine).map((event) => [event]);
    const table = overtaken(machine.table, 1, () => foldEvents(machine)(second ?? []));

    await foldEvents({ ...machine, table })(first ?? []);

    expect((await customersOf(machine)).map((profiles) => profiles.length)).toEqual([3]);
  });

  it('without end are given up, and nothing was folded', async () => {
    const machine = memoryMachine();
    await submit(machine, aSoldReceipt(1, { ids: { member: 'M-1', phone } }));
    const events = waiting(machine);
    const table = alwaysLosing(machine.table, (writes) => !ofMembership(writes));

    await expect(foldEvents({ ...machine, table })(events)).rejects.toMatchObject({
      code: 'too-many-conflicts',
    });

    expect(await readStatus(machine)).toMatchObject({ profiles: 0, facts: {} });
  });
});
