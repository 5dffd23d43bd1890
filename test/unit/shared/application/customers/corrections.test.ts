import { describe, expect, it } from 'vitest';
import { auditRecords, isSound } from '../../../../../shared/application/customers/audit.ts';
import { aggregateOf } from '../../../../../shared/application/customers/read-customer.ts';
import { readStatus } from '../../../../../shared/application/customers/status.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import { totalsOf } from '../../../../../shared/domain/customers/totals.ts';
import { aSubmission } from '../../../../builders/a-submission.ts';
import { type MemoryMachine, memoryMachine, tell } from '../../../../support/memory-machine.ts';

const ada = { member: 'M-1' };
const ben = { member: 'M-2' };
const SALE = { store: 'web', terminal: '1', receipt: '1001' };
const line = (sku: string, quantity: number, unitPrice: number) => ({ sku, quantity, unitPrice });

type Ids = Record<string, string>;

const sale = (lines: readonly object[], ids: Ids = ada) =>
  aSubmission('sale.recorded', {
    id: undefined,
    ids,
    occurredAt: '2026-03-01T10:00:00Z',
    data: { ...SALE, lines },
  });

/** The shop tells the order again, as it is after a change. */
const corrected = (revision: number, lines: readonly object[], ids: Ids = ada) =>
  aSubmission('receipt.corrected', {
    id: undefined,
    ids,
    occurredAt: '2026-03-04T10:00:00Z',
    data: { ...SALE, revision, lines },
  });

const comingBack = (data: object) =>
  aSubmission('return.recorded', {
    id: undefined,
    ids: ada,
    occurredAt: '2026-03-05T10:00:00Z',
    data: { store: 'web', terminal: 'refunds', sale: SALE, ...data },
  });

const totalsFor = async ({ table, keyring }: MemoryMachine, who: { member: string }) =>
  totalsOf(aggregateOf(await table.get(keys.aggregate(keyring.profileId('member', who.member)))));

const openOnes = async ({ table }: MemoryMachine) =>
  (await table.query({ table: 'control', pk: 'exceptions', limit: 10 })).items.map(({ value }) => value);

describe('a corrected receipt', () => {
  it('counts in place of the sale, on the day of the sale, as one order', async () => {
    const machine = memoryMachine();

    await tell(
      machine,
      sale([line('TEA', 2, 1_000)]),
      corrected(1, [line('TEA', 2, 900), line('MUG', 1, 50)]),
    );

    expect(await totalsFor(machine, ada)).toMatchObject({ orders: 1, gross: 1_850, returned: 0, units: 3 });
    const { history } = aggregateOf(
      await machine.table.get(keys.aggregate(machine.keyring.profileId('member', 'M-1'))),
    );
    expect(history.days.filter(({ sales }) => sales > 0)).toHaveLength(1);
    expect(history.days[0]).toMatchObject({ orders: 1, sales: 1_850 });
    expect(isSound(await auditRecords(machine))).toBe(true);
  });

  it('counts by its highest revision, whichever comes last', async () => {
    const machine = memoryMachine();

    await tell(machine, corrected(1_700_000_000_000, [line('TEA', 1, 700)]));
    await tell(machine, sale([line('TEA', 2, 1_000)]));
    await tell(machine, corrected(1_600_000_000_000, [line('TEA', 9, 9)]));

    expect(await totalsFor(machine, ada)).toMatchObject({ orders: 1, gross: 700, units: 1 });
  });

  it('stands for a sale that has not come, and is one order with it', async () => {
    const machine = memoryMachine();

    await tell(machine, corrected(1, [line('TEA', 1, 700)]), comingBack({ lines: [line('TEA', 1, 700)] }));
    expect(await totalsFor(machine, ada)).toMatchObject({ orders: 1, gross: 700, returned: 700 });
    expect(await openOnes(machine)).toEqual([]);

    await tell(machine, sale([line('TEA', 2, 1_000)]));
    expect(await totalsFor(machine, ada)).toMatchObject({ orders: 1, gross: 700, returned: 700 });
  });

  it('gives all of the receipt to whom it names, with what came back of it', async () => {
    const machine = memoryMachine();

    await tell(
      machine,
      sale([line('TEA', 2, 1_000)]),
      comingBack({ lines: [line('TEA', 1, 1_000)] }),
      corrected(1, [line('TEA', 2, 1_000)], ben),
    );

    expect(await totalsFor(machine, ada)).toMatchObject({ orders: 0, gross: 0, returned: 0 });
    expect(await totalsFor(machine, ben)).toMatchObject({ orders: 1, gross: 2_000, returned: 1_000 });
  });

  it('that names nobody leaves the receipt with whoever bought', async () => {
    const machine = memoryMachine();

    await tell(machine, corrected(1, [line('TEA', 2, 900)], {}), sale([line('TEA', 2, 1_000)]));

    expect(await totalsFor(machine, ada)).toMatchObject({ orders: 1, gross: 1_800 });
    expect((await readStatus(machine)).stores).toEqual({ web: 1_800 });
  });

  it('sets the bounds of what may come back', async () => {
    const machine = memoryMachine();

    await tell(machine, sale([line('TEA', 2, 1_000)]), comingBack({ lines: [line('TEA', 2, 1_000)] }));
    await tell(machine, corrected(1, [line('TEA', 1, 1_000)]));

    expect(await totalsFor(machine, ada)).toMatchObject({ gross: 1_000, returned: 1_000, units: 0 });
    expect(await openOnes(machine)).toMatchObject([{ kind: 'over-return', amount: 1_000 }]);
  });

  it('has no place beside a void', async () => {
    const machine = memoryMachine();
    const voided = aSubmission('sale.voided', { ids: ada, data: SALE });

    await tell(machine, sale([line('TEA', 2, 1_000)]), corrected(1, [line('TEA', 1, 1_000)]), voided);

    expect(await totalsFor(machine, ada)).toMatchObject({ orders: 0, gross: 0, units: 0 });
  });

  it('waits in quarantine where one revision is told twice with other content', async () => {
    const machine = memoryMachine();

    await tell(machine, sale([line('TEA', 2, 1_000)]), corrected(1, [line('TEA', 1, 1_000)]));
    await tell(machine, corrected(1, [line('TEA', 1, 500)]));

    expect(await totalsFor(machine, ada)).toMatchObject({ gross: 1_000 });
    const { items } = await machine.table.query({ table: 'control', pk: 'quarantine#conflict', limit: 10 });
    expect(items).toHaveLength(1);
  });

  it('may be told two hundred times, then it waits for a person', async () => {
    const machine = memoryMachine();
    const edits = Array.from({ length: 201 }, (_, index) =>
      corrected(index + 1, [line('TEA', 1, index + 1)]),
    );

    await tell(machine, sale([line('TEA', 2, 1_000)]), ...edits);

    expect(await totalsFor(machine, ada)).toMatchObject({ orders: 1, gross: 200 });
    const pk = 'quarantine#too-many-corrections';
    expect((await machine.table.query({ table: 'control', pk, limit: 10 })).items).toHaveLength(1);
  });
});

describe('an order that its shop tells again and again', () => {
  const [few, many] = [[line('TEA', 1, 900)], [line('TEA', 2, 900)]];

  it('without changing it may be told for ever, the last of it counts', async () => {
    const machine = memoryMachine();
    const edits = Array.from({ length: 300 }, (_, index) => corrected(index + 1, index % 2 ? few : many));

    await tell(machine, sale([line('TEA', 2, 1_000)]), ...edits);

    expect(await totalsFor(machine, ada)).toMatchObject({ orders: 1, gross: 900 });
    expect((await readStatus(machine)).quarantine).toEqual({});
    expect(isSound(await auditRecords(machine))).toBe(true);
  });

  it('is as the highest revision has it, in whatever order they come', async () => {
    const [one, other] = [memoryMachine(), memoryMachine()];
    const told = [corrected(1, few), corrected(2, many), corrected(3, few), sale([line('TEA', 2, 1_000)])];

    await tell(one, ...told);
    for (const event of told.toReversed()) await tell(other, event);

    expect((await readStatus(other)).stateHash).toBe((await readStatus(one)).stateHash);
    expect(await totalsFor(other, ada)).toMatchObject({ gross: 900 });
  });
});

describe('a return of a whole sale', () => {
  it('brings back what others have left, without the order', async () => {
    const machine = memoryMachine();

    await tell(
      machine,
      comingBack({ receipt: 'b', lines: undefined, whole: true }),
      comingBack({ receipt: 'a', lines: [line('TEA', 1, 1_000)] }),
      sale([line('TEA', 2, 1_000), line('MUG', 1, 700)]),
    );

    expect(await totalsFor(machine, ada)).toMatchObject({
      orders: 1,
      gross: 2_700,
      returned: 2_700,
      units: 0,
    });
    expect(await openOnes(machine)).toEqual([]);
  });

  it('brings back the goods and no more money than was paid out', async () => {
    const machine = memoryMachine();

    await tell(
      machine,
      sale([line('TEA', 2, 1_000)]),
      comingBack({ lines: undefined, whole: true, amount: 1_500 }),
    );

    expect(await totalsFor(machine, ada)).toMatchObject({ net: 500, returned: 1_500, units: 0 });
  });

  it('for more money than is left is an exception', async () => {
    const machine = memoryMachine();

    await tell(
      machine,
      comingBack({ lines: undefined, whole: true, amount: 2_500 }),
      sale([line('TEA', 2, 1_000)]),
    );

    expect(await totalsFor(machine, ada)).toMatchObject({ net: 0, returned: 2_000 });
    expect(await openOnes(machine)).toMatchObject([
      { kind: 'over-return', amount: 500, claims: [{ units: 0, amount: 500 }] },
    ]);
  });

  it('counts for the amount until the sale comes, and for nothing where none is said', async () => {
    const machine = memoryMachine();

    await tell(
      machine,
      comingBack({ receipt: 'a', lines: undefined, whole: true, amount: 2_500 }),
      comingBack({ receipt: 'b', lines: undefined, whole: true }),
    );

    expect((await readStatus(machine)).stores).toEqual({ web: -2_500 });
    expect(await openOnes(machine)).toMatchObject([{ kind: 'return-without-sale', amount: 2_500 }]);
  });
});

describe('a receipt in parts by more people than a commit has room for', () => {
  it('takes no return of it, rather than to stop the others', async () => {
    const machine = memoryMachine();
    const parts = Array.from({ length: 100 }, (_, index) =>
      aSubmission('sale.recorded', {
        id: undefined,
        ids: { member: `P-${index}` },
        data: { ...SALE, part: index + 1, lines: [line('TEA', 1, 100)] },
      }),
    );

    await tell(machine, ...parts);
    await tell(machine, comingBack({ lines: [line('TEA', 1, 100)] }));

    expect((await readStatus(machine)).stores).toEqual({ web: 10_000 });
    const pk = 'quarantine#too-many-people';
    expect((await machine.table.query({ table: 'control', pk, limit: 10 })).items).toHaveLength(1);
  });
});
