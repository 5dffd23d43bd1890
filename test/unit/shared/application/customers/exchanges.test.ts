import { describe, expect, it } from 'vitest';
import { auditRecords, isSound } from '../../../../../shared/application/customers/audit.ts';
import { aggregateOf } from '../../../../../shared/application/customers/read-customer.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import { totalsOf } from '../../../../../shared/domain/customers/totals.ts';
import { aSubmission } from '../../../../builders/a-submission.ts';
import {
  foldWaiting,
  type MemoryMachine,
  memoryMachine,
  submit,
  tell,
} from '../../../../support/memory-machine.ts';

const line = (sku: string, quantity: number, unitPrice: number) => ({ sku, quantity, unitPrice });
const SALE = { store: 'ams-01', terminal: 'till-1', receipt: '1' };
const EXCHANGE = { store: 'ams-01', terminal: 'till-2', receipt: '2' };

const sale = aSubmission('sale.recorded', {
  id: undefined,
  occurredAt: '2026-03-01T10:00:00Z',
  data: { ...SALE, lines: [line('COAT-M', 1, 8_900)] },
});

/** A coat in another size, and a scarf. */
const exchange = (data = {}, id: string | undefined = 'x-1') =>
  aSubmission('exchange.recorded', {
    id,
    occurredAt: '2026-03-05T10:00:00Z',
    data: {
      ...EXCHANGE,
      sale: SALE,
      returned: [line('COAT-M', 1, 8_900)],
      lines: [line('COAT-L', 1, 8_900), line('SCARF', 1, 1_500)],
      ...data,
    },
  });

const totalsFor = async ({ table, keyring }: MemoryMachine, member = 'M-1') =>
  totalsOf(aggregateOf(await table.get(keys.aggregate(keyring.profileId('member', member)))));

describe('an exchange', () => {
  it('counts what was taken and undoes what came back, and is no new order', async () => {
    const machine = memoryMachine();

    await tell(machine, exchange(), sale);

    expect(await totalsFor(machine)).toMatchObject({
      orders: 1,
      gross: 8_900 + 10_400,
      returned: 8_900,
      net: 10_400,
      units: 2,
    });
    expect(isSound(await auditRecords(machine))).toBe(true);
  });

  it('of equal goods without a receipt comes to nothing', async () => {
    const machine = memoryMachine();

    await tell(machine, exchange({ sale: undefined, lines: [line('COAT-L', 1, 8_900)] }));

    expect(await totalsFor(machine)).toMatchObject({ orders: 0, net: 0, units: 0 });
  });

  it('is the sale that later returns name', async () => {
    const machine = memoryMachine();
    const back = aSubmission('return.recorded', {
      occurredAt: '2026-03-08T10:00:00Z',
      data: { sale: EXCHANGE, lines: [line('SCARF', 1, 1_500)] },
    });

    await tell(machine, back, exchange(), sale);

    expect(await totalsFor(machine)).toMatchObject({ net: 8_900, units: 1 });
    const { items } = await machine.table.query({ table: 'control', pk: 'exceptions', limit: 10 });
    expect(items).toEqual([]);
  });

  it('has one answer, and is known again by its id and by its receipt', async () => {
    const machine = memoryMachine();

    const first = await submit(machine, exchange());
    const again = await submit(machine, exchange(), exchange({}, 'another-id'));
    await foldWaiting(machine);
    const later = await submit({ ...machine, recent: memoryMachine().recent }, exchange({}, undefined));

    expect(first).toEqual([{ status: 'accepted', id: 'x-1' }]);
    expect([...again, ...later].map(({ status }) => status)).toEqual(['duplicate', 'duplicate', 'duplicate']);
    expect(await totalsFor(machine)).toMatchObject({ gross: 10_400 });
  });

  it.each([
    ['what was taken', { lines: [line('COAT-XL', 1, 8_900)] }],
    ['what came back', { returned: [line('COAT-M', 1, 100)] }],
  ])('is refused whole where %s differs from the first telling', async (_what, change) => {
    const machine = memoryMachine();
    await tell(machine, exchange());

    const [result, known] = await submit(machine, exchange(change, 'x-2'), exchange({}, 'x-2'));
    await foldWaiting(machine);

    expect(result).toMatchObject({ status: 'rejected', code: 'conflict', id: 'x-2' });
    expect(known).toMatchObject({ status: 'duplicate' });
    expect(await totalsFor(machine)).toMatchObject({ gross: 10_400 });
  });

  it('of which one half arrived is made whole when it is told again', async () => {
    const machine = memoryMachine();
    const { data, ...frame } = exchange();
    const { returned, sale: _named, reason: _why, ...taken } = data;
    await tell(machine, { ...frame, type: 'sale.recorded', data: { ...taken, exchange: true } });
    expect(returned).toBeDefined();

    expect(await submit(machine, exchange())).toEqual([{ status: 'accepted', id: 'x-1' }]);
    await foldWaiting(machine);
    await tell(machine, sale);

    expect(await totalsFor(machine)).toMatchObject({ orders: 1, net: 10_400, units: 2 });
  });

  it.each([
    ['data.returned.0.quantity', { returned: [line('COAT-M', -1, 8_900)] }],
    ['data.lines', { lines: undefined }],
    ['data.returned', { returned: [] }],
    ['data.sale', { sale: EXCHANGE }],
  ])('is refused by the name of its own field: %s', async (path, change) => {
    expect(await submit(memoryMachine(), exchange(change))).toMatchObject([{ status: 'rejected', path }]);
  });
});
