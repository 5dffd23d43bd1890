import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldEvents } from '../../../../../shared/application/customers/fold-events.ts';
import { readStatus } from '../../../../../shared/application/customers/status.ts';
import { aSoldReceipt } from '../../../../builders/a-submission.ts';
import { customersOf } from '../../../../support/customers-of.ts';
import { accepted, type MemoryMachine, memoryMachine } from '../../../../support/memory-machine.ts';

const ids = fc.record(
  {
    member: fc.constantFrom('M-1', 'M-2', 'M-3', 'M-4'),
    card: fc.constantFrom('C-1', 'C-2'),
    phone: fc.constantFrom('+31612345671', '+31612345672', '+31612345673'),
    email: fc.constantFrom('ada@example.com', 'bob@example.com'),
    device: fc.constantFrom('d-1', 'd-2'),
  },
  { requiredKeys: [] },
);
const receipts = fc
  .array(fc.tuple(ids, fc.integer({ min: 1, max: 28 })), { minLength: 2, maxLength: 12 })
  .map((all) =>
    all.map(([known, day], n) =>
      aSoldReceipt(n + 1, {
        id: `r${n}`,
        ids: known,
        occurredAt: `2026-02-${String(day).padStart(2, '0')}T10:00:00Z`,
      }),
    ),
  );

const outcomeOf = async (machine: MemoryMachine) => ({
  customers: (await customersOf(machine)).map((one) => one.join()).sort(),
  status: await readStatus(machine),
});

describe('who is one customer', () => {
  it('hangs on what was seen and when, not on the order, number or size of deliveries', async () => {
    const story = receipts.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.integer({ min: 1, max: 5 }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(story, async ([told, shuffled, size]) => {
        const [straight, other] = [memoryMachine(), memoryMachine()];
        await foldEvents(straight)(await accepted(straight, ...told));
        const events = await accepted(other, ...shuffled);
        for (let from = 0; from < events.length; from += size)
          await foldEvents(other)([...events.slice(from, from + size), ...events.slice(0, 1)]);

        expect(await outcomeOf(other)).toEqual(await outcomeOf(straight));
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
