import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldEvents } from '../../../../../shared/application/customers/fold-events.ts';
import { readCustomer } from '../../../../../shared/application/customers/read-customer.ts';
import { scanCustomers } from '../../../../../shared/application/customers/scan-customers.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import { nobody } from '../../../../../shared/domain/customers/aggregate.ts';
import { fold } from '../../../../../shared/domain/customers/measure.ts';
import { dayFromIso } from '../../../../../shared/domain/kernel/day.ts';
import type { Table } from '../../../../../shared/ports/table.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { customersOf } from '../../../../support/customers-of.ts';
import { memoryMachine, submit, tell, waiting } from '../../../../support/memory-machine.ts';

const today = dayFromIso('2026-03-15');
const [phone, email] = ['+31612345678', 'ada@example.com'];

describe('a customer of several profiles', () => {
  it('adds up to the fold of all their events together', async () => {
    const sale = fc.record({
      ids: fc.constantFrom<Record<string, string>>(
        { member: 'M-1' },
        { phone },
        { email },
        { member: 'M-1', phone },
        { phone, email },
      ),
      amount: fc.integer({ min: 1, max: 9_999 }),
      days: fc.integer({ min: 0, max: 700 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(sale, { minLength: 1, maxLength: 15 }), async (sales) => {
        const machine = memoryMachine();
        const occurredAt = (days: number) =>
          new Date(Date.parse('2024-03-01T10:00:00Z') + days * 86_400_000).toISOString();
        await submit(
          machine,
          ...sales.map(({ ids, amount, days }) =>
            aSoldReceipt(amount, { ids, occurredAt: occurredAt(days) }),
          ),
          aSubmission('member.enrolled', { ids: { member: 'M-1', phone, email } }),
        );
        const events = waiting(machine);
        await foldEvents(machine)(events);

        const found = await readCustomer(machine.table, machine.keyring.profileId('phone', phone), today);

        expect(found?.view.aggregate).toEqual(fold(nobody, events));
      }),
      { numRuns: 25 },
    );
  });

  it('is met once also while one of its profiles still has a score of its own', async () => {
    const machine = memoryMachine();
    await tell(machine, aSoldReceipt(1, { ids: { member: 'M-1', phone } }));
    const [profiles = []] = await customersOf(machine);
    await machine.table.commit(
      profiles.map((id) => ({ put: keys.score(id), value: { asOf: '2026-03-14', lifecycle: 'lead' } })),
    );

    expect(await customersOf(machine)).toEqual([profiles]);
  });

  it.each([1, 3, 7].flatMap((of) => [1, 2, 5].map((limit) => ({ of, limit }))))(
    'is met once by a scan of $of shards in pages of $limit',
    async ({ of, limit }) => {
      const machine = memoryMachine();
      for (let n = 0; n < 30; n += 1) {
        await tell(machine, aSoldReceipt(1, { ids: { member: `M-${n}`, device: `d-${n % 10}` } }));
      }
      const whole = (await customersOf(machine)).map((profiles) => profiles.join()).sort();
      const scan: Table['scan'] = (asked) => machine.table.scan({ ...asked, limit });

      const met: string[] = [];
      for (let shard = 0; shard < of; shard += 1) {
        for await (const { profiles } of scanCustomers({ ...machine.table, scan }, { shard, of })) {
          met.push([...profiles].sort().join());
        }
      }

      expect(whole).toHaveLength(30);
      expect(met.sort()).toEqual(whole);
    },
  );
});
