import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditRecords, isSound } from '../../../../../shared/application/customers/audit.ts';
import { everyItem } from '../../../../../shared/application/customers/every-item.ts';
import { foldEvents } from '../../../../../shared/application/customers/fold-events.ts';
import type { TableName } from '../../../../../shared/contracts/key.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import type { StoredAggregate } from '../../../../../shared/domain/customers/stored-aggregate.ts';
import type { Slug } from '../../../../../shared/domain/kernel/ids.ts';
import type { Item } from '../../../../../shared/ports/table.ts';
import { aReceipt } from '../../../../builders/a-receipt.ts';
import { aSubmission } from '../../../../builders/a-submission.ts';
import { profile } from '../../../../builders/an-event.ts';
import { events } from '../../../../builders/arbitrary-events.ts';
import { type MemoryMachine, memoryMachine, tell } from '../../../../support/memory-machine.ts';

const ada = { member: 'M-1' };
const ben = { member: 'M-2' };

const itemsOf = (machine: MemoryMachine, name: TableName): Promise<Item[]> =>
  Array.fromAsync(everyItem(machine.table, name));

/** The only item of those that the test means. */
async function theOne(machine: MemoryMachine, name: TableName, of: (item: Item) => boolean): Promise<Item> {
  const [item, ...others] = (await itemsOf(machine, name)).filter(of);
  if (item === undefined || others.length > 0) throw new Error(`${others.length + 1} items are meant`);
  return item;
}

const isFact = ({ sk }: Item): boolean => sk.startsWith('fact#');
const isMarker = ({ sk }: Item): boolean => sk === 'marker';
const put = ({ table, pk, sk }: Item, value: Item['value']) => ({ put: { table, pk, sk }, value });
const remove = ({ table, pk, sk }: Item) => ({ remove: { table, pk, sk } });

/** Two receipts of Ada, one of Ben, one of a stranger. */
async function aShop(): Promise<MemoryMachine> {
  const machine = memoryMachine();
  await tell(
    machine,
    aReceipt({ ids: ada, amount: 1_000, data: { receipt: 'ada-1' } }),
    aReceipt({ ids: ada, amount: 250, data: { receipt: 'ada-2' } }),
    aReceipt({ ids: ben, amount: 400, data: { receipt: 'ben-1' }, type: 'return.recorded' }),
    aReceipt({ amount: 70, data: { receipt: 'stranger-1' } }),
  );
  return machine;
}

const adasAggregate = (machine: MemoryMachine) =>
  theOne(
    machine,
    'customers',
    ({ sk, value }) => sk === 'aggregate' && (value as StoredAggregate).facts?.['sale.recorded'] === 2,
  );

describe('records that hold together', () => {
  it('have no findings, and the money of their facts', async () => {
    const machine = await aShop();

    const audit = await auditRecords(machine);

    const money = { gross: 1_320, returned: 400, adjustments: 0 };
    expect(audit).toEqual({
      facts: 4,
      markers: 4,
      records: 3,
      money: { facts: money, records: money },
      findings: {},
      samples: [],
    });
    expect(isSound(audit)).toBe(true);
  });

  it('may carry signals and links, which no fact tells of', async () => {
    const machine = memoryMachine();
    await tell(
      machine,
      aSubmission('product.viewed', { ids: ada, occurredAt: '2026-01-01T10:00:00Z' }),
      aReceipt({ ids: { ...ada, phone: '06 12345678' }, at: '2026-01-02T10:00:00Z' }),
      aSubmission('product.viewed', { ids: { ...ada, device: 'd1' }, occurredAt: '2026-01-03T10:00:00Z' }),
      aSubmission('page.viewed', { ids: { device: 'd2' } }),
    );

    expect(isSound(await auditRecords(machine))).toBe(true);
  });

  it('may have been written to by campaigns, which stands beside their facts', async () => {
    const machine = await aShop();
    const before = await auditRecords(machine);
    await machine.table.commit([
      {
        put: keys.touch(profile('ada'), 'spring' as Slug),
        value: { state: 'held-out', at: '2026-03-14T10:00:00.000Z' },
      },
    ]);

    expect(await auditRecords(machine)).toEqual(before);
  });

  it('hold together after any events', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(events(12), { minLength: 1, maxLength: 4 }), async (customers) => {
        const machine = memoryMachine();
        await foldEvents(machine)(
          customers.flatMap((own, index) =>
            own.map((event) => ({ ...event, profile: profile(`c${'abcd'[index]}`) })),
          ),
        );

        const audit = await auditRecords(machine);

        expect(audit.findings).toEqual({});
        expect(audit.money.facts).toEqual(audit.money.records);
      }),
      { numRuns: 40 },
    );
  });

  it('are none where nothing is', async () => {
    const audit = await auditRecords(memoryMachine());

    expect(audit).toMatchObject({ facts: 0, markers: 0, records: 0, findings: {} });
    expect(isSound(audit)).toBe(true);
  });
});

describe('what is wrong is found', () => {
  it('when a fact is lost: its record counts more, its name leads nowhere', async () => {
    const machine = await aShop();
    const fact = await theOne(
      machine,
      'facts',
      ({ value }) => value['id'] === 'receipt/ams-01/till-1/ada-2/1',
    );
    await machine.table.commit([remove(fact)]);

    const audit = await auditRecords(machine);

    expect(audit.findings).toEqual({ 'record-differs': 1, 'marker-without-fact': 1 });
    expect(audit.samples).toEqual([
      { finding: 'record-differs', of: fact.pk },
      { finding: 'marker-without-fact', of: 'receipt/ams-01/till-1/ada-2/1' },
    ]);
    expect(audit.money.facts.gross).toBe(audit.money.records.gross - 250);
    expect(isSound(audit)).toBe(false);
  });

  it('when all facts of a record are lost', async () => {
    const machine = await aShop();
    const fact = await theOne(
      machine,
      'facts',
      ({ value }) => value['id'] === 'receipt/ams-01/till-1/ben-1/1',
    );
    await machine.table.commit([remove(fact), { remove: keys.marker('receipt/ams-01/till-1/ben-1/1') }]);

    const audit = await auditRecords(machine);

    expect(audit.findings).toEqual({ 'facts-missing': 1 });
    expect(audit.samples).toEqual([{ finding: 'facts-missing', of: fact.pk }]);
  });

  it('when an amount is doubled', async () => {
    const machine = await aShop();
    const aggregate = await adasAggregate(machine);
    const { days = [] } = aggregate.value as StoredAggregate;
    await machine.table.commit([
      put(aggregate, {
        ...aggregate.value,
        days: days.map(([day, orders, sales, returns]) => [day, orders, 2 * sales, returns]),
      }),
    ]);

    const audit = await auditRecords(machine);

    expect(audit.findings).toEqual({ 'record-differs': 1 });
    expect(audit.money.records.gross).toBe(audit.money.facts.gross + 1_250);
  });

  it('when a record was lost, also where another has lost its facts', async () => {
    const machine = await aShop();
    const aggregate = await adasAggregate(machine);
    const fact = await theOne(
      machine,
      'facts',
      ({ value }) => value['id'] === 'receipt/ams-01/till-1/ben-1/1',
    );
    await machine.table.commit([remove(aggregate), remove(fact)]);

    const { findings } = await auditRecords(machine);

    expect(findings).toEqual({ 'record-missing': 1, 'facts-missing': 1, 'marker-without-fact': 1 });
  });

  it('when a record was emptied, also where another has lost its facts', async () => {
    const machine = await aShop();
    const aggregate = await adasAggregate(machine);
    const fact = await theOne(
      machine,
      'facts',
      ({ value }) => value['id'] === 'receipt/ams-01/till-1/ben-1/1',
    );
    await machine.table.commit([put(aggregate, {}), remove(fact)]);

    const { findings } = await auditRecords(machine);

    expect(findings).toEqual({ 'record-differs': 1, 'facts-missing': 1, 'marker-without-fact': 1 });
  });

  it('when a record begins later than its first fact', async () => {
    const machine = await aShop();
    const aggregate = await adasAggregate(machine);
    await machine.table.commit([
      put(aggregate, { ...aggregate.value, firstSeen: '2026-03-15T00:00:00.000Z' }),
    ]);

    expect((await auditRecords(machine)).findings).toEqual({ 'record-differs': 1 });
  });

  it('when a fact has lost its name and would be taken again', async () => {
    const machine = await aShop();
    await machine.table.commit([{ remove: keys.marker('receipt/ams-01/till-1/ada-1/1') }]);

    const audit = await auditRecords(machine);

    expect(audit.samples).toEqual([{ finding: 'marker-missing', of: 'receipt/ams-01/till-1/ada-1/1' }]);
    expect(audit.findings).toEqual({ 'marker-missing': 1 });
  });

  it('when a name stands without a fact, also where another fact has lost its own', async () => {
    const machine = await aShop();
    const subject = (await adasAggregate(machine)).pk;
    await machine.table.commit([
      { remove: keys.marker('receipt/ams-01/till-1/ada-1/1') },
      { put: keys.marker('receipt/ams-01/till-1/never/1'), value: { digest: 'd', subject } },
    ]);

    const { findings } = await auditRecords(machine);

    expect(findings).toEqual({ 'marker-missing': 1, 'marker-without-fact': 1 });
  });

  it.each([
    ['another record', { subject: 'member_zzz' }, { 'marker-differs': 1, 'marker-without-fact': 1 }],
    ['another content', { digest: 'other' }, { 'marker-differs': 1 }],
  ])('when a name leads to %s', async (_, change, findings) => {
    const machine = await aShop();
    const marker = await theOne(machine, 'facts', ({ pk }) => pk === 'receipt/ams-01/till-1/ada-1/1');
    await machine.table.commit([put(marker, { ...marker.value, ...change })]);

    expect((await auditRecords(machine)).findings).toEqual(findings);
  });

  it('whichever item of facts and records is lost', async () => {
    const count = (await itemsOf(await aShop(), 'facts')).length + 3;
    for (let index = 0; index < count; index += 1) {
      const machine = await aShop();
      const all = [...(await itemsOf(machine, 'facts')), ...(await itemsOf(machine, 'customers'))];
      const lost = all.filter((item) => isFact(item) || isMarker(item) || item.sk === 'aggregate')[index];
      if (lost === undefined) throw new Error(`There is no item ${index}`);
      await machine.table.commit([remove(lost)]);

      expect(isSound(await auditRecords(machine)), `without ${lost.pk} ${lost.sk}`).toBe(false);
    }
  });

  it('among many, counted whole and told by a few', async () => {
    const machine = memoryMachine();
    const many = Array.from({ length: 4_000 }, (_, n) => aReceipt({ ids: { member: `M-${n}` } }));
    await tell(machine, ...many);
    expect(await auditRecords(machine)).toMatchObject({ facts: 4_000, records: 4_000, findings: {} });
    const markers = (await itemsOf(machine, 'facts')).filter(isMarker);
    for (const lost of markers.slice(0, 30)) await machine.table.commit([remove(lost)]);
    await machine.table.commit([{ put: keys.marker('nobody'), value: { digest: 'd', subject: 'nobody' } }]);

    const audit = await auditRecords(machine);

    expect(audit.findings).toEqual({ 'marker-missing': 30, 'marker-without-fact': 1 });
    expect(audit.samples).toHaveLength(6);
  });
});

describe('a return that waits for its sale', () => {
  const waitingMachine = async () => {
    const machine = memoryMachine();
    await tell(machine, aSubmission('return.recorded', { ids: ada }));
    return machine;
  };
  const waitingRecord = (machine: MemoryMachine) =>
    theOne(machine, 'customers', ({ pk }) => pk.startsWith('waiting/'));

  it('is sound, and its money counted, though nobody has it', async () => {
    const audit = await auditRecords(await waitingMachine());

    expect(audit).toMatchObject({ records: 1, findings: {}, money: { facts: { returned: 1_999 } } });
    expect(isSound(audit)).toBe(true);
  });

  it('shows where its record is gone, differs, or has no return', async () => {
    const gone = await waitingMachine();
    await gone.table.commit([remove(await waitingRecord(gone))]);
    expect((await auditRecords(gone)).findings).toEqual({ 'record-missing': 1 });

    const other = await waitingMachine();
    const record = await waitingRecord(other);
    await other.table.commit([put(record, { ...record.value, units: 7 })]);
    expect((await auditRecords(other)).findings).toEqual({ 'record-differs': 1 });

    const stray = await waitingMachine();
    await stray.table.commit([put({ ...record, pk: `${record.pk}0` }, record.value)]);
    expect((await auditRecords(stray)).findings).toEqual({ 'facts-missing': 1 });
  });

  it('shows where the fact that a sale is reduced by is lost', async () => {
    const machine = memoryMachine();
    const head = { store: 'ams-01', terminal: 'till-3', receipt: '000917' };
    await tell(
      machine,
      aSubmission('sale.recorded', { ids: ada, data: head }),
      aSubmission('return.recorded', { ids: ben, data: { sale: head } }),
    );
    await machine.table.commit([
      remove(
        await theOne(
          machine,
          'facts',
          ({ sk, value }) => sk.startsWith('fact#') && value['type'] === 'return.recorded',
        ),
      ),
    ]);

    const { findings } = await auditRecords(machine);

    expect(findings).toMatchObject({ 'record-differs': 1, 'facts-missing': 1 });
  });
});
