import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldEvents } from '../../../../../shared/application/customers/fold-events.ts';
import { readCustomer } from '../../../../../shared/application/customers/read-customer.ts';
import { scanCustomers } from '../../../../../shared/application/customers/scan-customers.ts';
import { readStatus } from '../../../../../shared/application/customers/status.ts';
import { planLeaving } from '../../../../../shared/application/identity/decide.ts';
import { combine } from '../../../../../shared/domain/customers/aggregate.ts';
import { toStored } from '../../../../../shared/domain/customers/stored-aggregate.ts';
import { dayFromIso } from '../../../../../shared/domain/kernel/day.ts';
import { aSoldReceipt } from '../../../../builders/a-submission.ts';
import { accepted, type MemoryMachine, memoryMachine, tell } from '../../../../support/memory-machine.ts';
import { desk, member } from './an-identity-desk.ts';

const today = dayFromIso('2026-03-15');
const ids = fc.record(
  {
    member: fc.constantFrom('M-1', 'M-2', 'M-3'),
    phone: fc.constantFrom('+31612345671', '+31612345672', '+31612345673'),
    email: fc.constantFrom('ada@example.com', 'bob@example.com'),
    device: fc.constantFrom('d-1', 'd-2'),
  },
  { requiredKeys: [] },
);
const shop = fc
  .array(fc.tuple(ids, fc.integer({ min: 1, max: 28 })), { minLength: 2, maxLength: 10 })
  .map((all) =>
    all.map(([known, day], n) =>
      aSoldReceipt(10 ** (n % 6) + n, {
        id: `r${n}`,
        ids: known,
        occurredAt: `2026-02-${String(day).padStart(2, '0')}T10:00:00Z`,
      }),
    ),
  );

async function customersIn({ table }: MemoryMachine) {
  const found = [];
  for await (const { id, profiles, aggregate } of scanCustomers(table, { shard: 0, of: 1 }))
    found.push({ id, profiles, aggregate });
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** All that can be seen of who is who and what they bought. */
const stateOf = async (machine: MemoryMachine) => ({
  customers: await customersIn(machine),
  status: await readStatus(machine),
});

async function open(receipts: readonly unknown[]): Promise<MemoryMachine> {
  const machine = memoryMachine();
  await foldEvents(machine)(await accepted(machine, ...receipts));
  return machine;
}

describe('two customers who are merged', () => {
  it('add up to the cent, and come apart as if it had never been', async () => {
    await fc.assert(
      fc.asyncProperty(shop, fc.nat(), fc.nat(), async (receipts, x, y) => {
        const machine = await open(receipts);
        const before = await stateOf(machine);
        const [a, b] = [
          before.customers.at(x % (before.customers.length || 1)),
          before.customers.at(y % (before.customers.length || 1)),
        ];
        fc.pre(a !== undefined && b !== undefined && a !== b);
        if (a === undefined || b === undefined) return;
        const ask = desk(machine);

        const merged = await ask('mergeCustomers', { body: { customers: [a.profiles.at(-1), b.id] } });
        const one = await readCustomer(machine.table, b.id, today);

        expect(merged.status).toBe(200);
        expect(new Set(one?.profiles)).toEqual(new Set([...a.profiles, ...b.profiles]));
        expect(toStored(one?.view.aggregate ?? a.aggregate)).toEqual(
          toStored(combine(a.aggregate, b.aggregate)),
        );
        expect((await readStatus(machine)).customers).toBe(before.status.customers - 1);

        const { status } = await ask('unmergeCustomers', { body: { merge: merged.body.decision } });
        expect(status).toBe(200);
        expect(await stateOf(machine)).toEqual(before);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('in a chain at the same time end in one, whoever wins, with one list of profiles', async () => {
    const numbers = ['M-1', 'M-2', 'M-3', 'M-4', 'M-5'];
    for (let round = 0; round < 5; round += 1) {
      const machine = memoryMachine();
      await tell(machine, ...numbers.map((number, n) => aSoldReceipt(10 ** n, { ids: { member: number } })));
      const pairs = numbers.slice(1).map((number, n) => [numbers[n] ?? '', number]);

      const answers = await Promise.all(
        [...pairs, ...pairs.toReversed()]
          .slice(round % 2, pairs.length + (round % 2))
          .map((pair) =>
            desk(machine)('mergeCustomers', { body: { customers: pair.map((one) => member(machine, one)) } }),
          ),
      );

      expect(answers.every(({ status }) => status === 200)).toBe(round % 2 === 0);
      const last = await desk(machine)('mergeCustomers', {
        body: { customers: [member(machine, 'M-1'), member(machine, 'M-2')] },
      });
      expect(last.status).toBe(round % 2 === 0 ? 409 : 200);
      const [customer, ...others] = await customersIn(machine);
      expect(others).toEqual([]);
      expect(customer?.profiles).toHaveLength(5);
      expect(customer?.aggregate.stores['ams-01']?.net).toBe(11_111);
    }
  });
});

describe('profiles that leave their customer', () => {
  it('take what they bought with them; a link told again does not bring them back, a merge does', async () => {
    const machine = memoryMachine();
    const receipt = (amount: number, n: number) =>
      aSoldReceipt(amount, { id: `r${n}`, ids: { phone: '+31612345678', email: 'ada@example.com' } });
    await tell(machine, receipt(100, 1), aSoldReceipt(7, { ids: { email: 'ada@example.com' } }));
    const before = await stateOf(machine);
    const [customer] = before.customers;
    const leaving = customer?.profiles.filter((id) => id.startsWith('email')) ?? [];
    const ask = desk(machine);

    const left = await ask('unmergeCustomers', { body: { customer: customer?.id, profiles: leaving } });
    await tell(machine, receipt(30, 2));

    expect(left.body.after.map(({ purchases }: { purchases: { net: number } }) => purchases.net)).toEqual(
      expect.arrayContaining([7, 100]),
    );
    expect((await customersIn(machine)).map(({ profiles }) => profiles.length)).toEqual([1, 1]);
    await ask('mergeCustomers', { body: { customers: [customer?.id, leaving[0]] } });
    expect(await customersIn(machine)).toMatchObject([{ profiles: customer?.profiles }]);
  });

  it('are planned over what stands, so a plan that was overtaken changes nothing', async () => {
    const machine = memoryMachine();
    await tell(machine, aSoldReceipt(1, { ids: { member: 'M-1', phone: '+31612345678' } }));
    const [customer] = await customersIn(machine);
    const [first = member(machine, 'M-1'), second = first] = customer?.profiles ?? [];
    const deps = { table: machine.table, rules: machine.stage.identity, now: machine.clock(), id: 'one' };
    const overtaken = await planLeaving(deps, first, [second]);
    await tell(machine, aSoldReceipt(1, { ids: { member: 'M-1', email: 'ada@example.com' } }));

    expect(await machine.table.commit(overtaken.writes)).toMatchObject({ ok: false });
  });
});
