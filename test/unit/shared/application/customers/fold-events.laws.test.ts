import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldEvents } from '../../../../../shared/application/customers/fold-events.ts';
import { readStatus } from '../../../../../shared/application/customers/status.ts';
import { recentKeys } from '../../../../../shared/application/ingest/recent-keys.ts';
import { groupsOf } from '../../../../../shared/domain/kernel/groups.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { lagging } from '../../../../support/faults.ts';
import { foldWaiting, memoryMachine, submit, tell, waiting } from '../../../../support/memory-machine.ts';

interface Frame {
  readonly ids: Readonly<Record<string, string>>;
  readonly occurredAt: string;
}

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
  const oneOf = <T>(n: number, even: T, odd: T): T => (n % 2 === 0 ? even : odd);
  const goods = (n: number) => ({
    lines: [{ sku: 'TEA', quantity: 1.5, unitPrice: n, category: oneOf(n, 'tea', 'ware') }],
  });
  const make = {
    sale: (n: number, frame: Frame) =>
      aSoldReceipt(1, { ...frame, data: { ...goods(n), part: oneOf(n, 1, 2) } }),
    return: (n: number, frame: Frame) => aSubmission('return.recorded', { ...frame, data: goods(n) }),
    consent: (n: number, frame: Frame) =>
      aSubmission('consent.changed', { ...frame, data: { status: oneOf(n, 'granted', 'withdrawn') } }),
    member: (n: number, frame: Frame) =>
      aSubmission('member.updated', { ...frame, data: { language: oneOf(n, 'nl', 'de') } }),
    view: (_n: number, frame: Frame) => aSubmission('page.viewed', frame),
    adjustment: (_n: number, frame: Frame) => aSubmission('adjustment.recorded', frame),
    bad: (_n: number, frame: Frame) => aSoldReceipt(-1, frame),
  };
  const kind = fc.constantFrom<keyof typeof make>(
    'sale',
    'sale',
    'return',
    'consent',
    'member',
    'view',
    'adjustment',
    'bad',
  );
  const item = fc
    .tuple(kind, ids, minute, amount)
    .map(([kind, who, occurredAt, n]): unknown => make[kind](n, { ids: who, occurredAt }));
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

        // Two doors that do not know of each other, reads that lag, deliveries that come twice and in any order.
        const late = { ...wild, table: lagging(wild.table) };
        const doors = [late, { ...late, recent: recentKeys() }];
        for (const [n, batch] of groupsOf(told, size).entries()) await submit(doors[n % 2] ?? late, ...batch);
        const deliveries = waiting(wild);
        const shuffled =
          fc.sample(
            fc.shuffledSubarray([...deliveries, ...deliveries], { minLength: 2 * deliveries.length }),
            { seed, numRuns: 1 },
          )[0] ?? [];
        for (const batch of groupsOf(shuffled, foldSize)) await foldEvents(late)(batch);

        expect(await readStatus(wild)).toEqual(await readStatus(plain));
        expect(await foldWaiting(plain)).toEqual({ folded: 0, duplicates: 0, conflicts: 0 });
      }),
      { numRuns: 60 },
    );
  });
});
