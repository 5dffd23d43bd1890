import { describe, expect, it } from 'vitest';
import { auditRecords, isSound } from '../../../../../shared/application/customers/audit.ts';
import { foldEvents } from '../../../../../shared/application/customers/fold-events.ts';
import { aggregateOf } from '../../../../../shared/application/customers/read-customer.ts';
import { readStatus } from '../../../../../shared/application/customers/status.ts';
import { keys, waitingPartition } from '../../../../../shared/contracts/keys.ts';
import { totalsOf } from '../../../../../shared/domain/customers/totals.ts';
import { aSubmission } from '../../../../builders/a-submission.ts';
import { alwaysLosing, Died, dying, losing, overtaken } from '../../../../support/faults.ts';
import {
  accepted,
  type MemoryMachine,
  memoryMachine,
  submit,
  tell,
} from '../../../../support/memory-machine.ts';

const ada = { member: 'M-1' };
const ben = { member: 'M-2' };

const line = (sku: string, quantity: number, unitPrice: number, more = {}) => ({
  sku,
  quantity,
  unitPrice,
  category: sku.toLowerCase(),
  ...more,
});

const SALE = { store: 'ams-01', terminal: 'till-1', receipt: '1' };
const NAME = 'receipt/ams-01/till-1/1/1';

/** Ada buys two pots of tea for 10.00 each, 2.00 off, and a mug. */
const sale = (data = {}, ids: Record<string, string> = ada) =>
  aSubmission('sale.recorded', {
    id: undefined,
    ids,
    occurredAt: '2026-03-01T10:00:00Z',
    data: { ...SALE, lines: [line('TEA', 2, 1_000, { discount: 200 }), line('MUG', 1, 700)], ...data },
  });

const comingBack = (
  lines: readonly unknown[],
  { ids = ada, at = '2026-03-05T10:00:00Z', data = {} }: { ids?: object; at?: string; data?: object } = {},
) =>
  aSubmission('return.recorded', {
    id: undefined,
    ids: ids as Record<string, string>,
    occurredAt: at,
    data: { store: 'ams-02', terminal: 'till-9', lines, sale: SALE, ...data },
  });

const recordOf = async ({ table, keyring }: MemoryMachine, { member }: { member: string }) =>
  aggregateOf(await table.get(keys.aggregate(keyring.profileId('member', member))));

const netOf = async (machine: MemoryMachine, who: { member: string }) =>
  totalsOf(await recordOf(machine, who)).net;

const exceptionsOf = async ({ table }: MemoryMachine) => {
  const { items } = await table.query({ table: 'control', pk: 'exceptions', limit: 100 });
  return items.map(({ value }) => value);
};

describe('a return that names its sale', () => {
  it('undoes its line where it was sold, on its own day, with its part of the discount', async () => {
    const machine = memoryMachine();

    await tell(machine, sale(), comingBack([line('TEA', 1, 900, { category: 'other' })]));

    const record = await recordOf(machine, ada);
    expect(totalsOf(record)).toMatchObject({
      orders: 1,
      gross: 2_500,
      returned: 900,
      units: 2,
      discounts: 100,
    });
    expect(record.categories).toEqual({
      tea: { orders: 1, units: 1, net: 900 },
      mug: { orders: 1, units: 1, net: 700 },
    });
    expect(record.stores).toEqual({ 'ams-01': { orders: 1, units: 2, net: 1_600 } });
    expect(record.history.days.map(({ sales, returns }) => [sales, returns])).toEqual([
      [2_500, 0],
      [0, 900],
    ]);
    expect(await exceptionsOf(machine)).toEqual([]);
  });

  it('brought by somebody else is taken from who bought, and told of who brought it', async () => {
    const machine = memoryMachine();

    await tell(machine, sale(), comingBack([line('MUG', 1, 700)], { ids: ben }));

    expect(await netOf(machine, ada)).toBe(1_800);
    const bens = await recordOf(machine, ben);
    expect(bens).toMatchObject({ facts: { 'return.recorded': 1 }, lastSeen: '2026-03-05T10:00:00.000Z' });
    expect(totalsOf(bens)).toMatchObject({ returned: 0, units: 0 });
    const timeline = await machine.table.query({
      table: 'facts',
      pk: machine.keyring.profileId('member', 'M-2'),
      limit: 10,
    });
    expect(timeline.items).toHaveLength(1);
  });

  it('of goods beyond what was sold counts up to it, the rest is an exception', async () => {
    const machine = memoryMachine();

    await tell(machine, sale(), comingBack([line('MUG', 3, 700), line('HAT', 1, 50)]));

    expect(await netOf(machine, ada)).toBe(1_800);
    expect(await exceptionsOf(machine)).toMatchObject([
      {
        ...SALE,
        kind: 'over-return',
        claims: [
          { sku: 'MUG', units: 2, amount: 1_400 },
          { sku: 'HAT', units: 1, amount: 50 },
        ],
      },
    ]);
  });

  it('of more money than was paid counts what was paid', async () => {
    const machine = memoryMachine();

    await tell(machine, sale(), comingBack([line('TEA', 2, 1_000)]));

    expect(await netOf(machine, ada)).toBe(700);
    expect(await exceptionsOf(machine)).toMatchObject([{ claims: [{ sku: 'TEA', units: 0, amount: 200 }] }]);
  });

  it('is the excess where an earlier one took the goods, even if that one is told later', async () => {
    const machine = memoryMachine();
    const early = comingBack([line('MUG', 1, 500)], { at: '2026-03-02T10:00:00Z' });
    const late = comingBack([line('MUG', 1, 700)], { at: '2026-03-03T10:00:00Z' });

    await tell(machine, sale(), late);
    expect(await netOf(machine, ada)).toBe(1_800);
    await tell(machine, early);

    expect(await netOf(machine, ada)).toBe(2_000);
    expect(await exceptionsOf(machine)).toMatchObject([{ claims: [{ units: 1, amount: 700 }] }]);
  });

  it('takes the line that it names, of a sku that was sold at two prices', async () => {
    const machine = memoryMachine();
    const [dear, cheap] = [
      { line: 1, category: 'dear' },
      { line: 2, category: 'cheap' },
    ];
    const lines = [line('TEA', 1, 900, dear), line('TEA', 1, 400, cheap)];

    await tell(machine, sale({ lines }), comingBack([line('TEA', 1, 400, { line: '2' })]));

    expect((await recordOf(machine, ada)).categories).toMatchObject({
      dear: { net: 900 },
      cheap: { net: 0 },
    });
  });
});

describe('a return whose sale has not come', () => {
  const back = comingBack([line('MUG', 1, 700)]);

  it('counts against its store and nobody, and is shown as waiting', async () => {
    const machine = memoryMachine();

    await tell(machine, back);

    expect(await netOf(machine, ada)).toBe(0);
    expect((await readStatus(machine)).stores).toEqual({ 'ams-02': -700 });
    expect(await exceptionsOf(machine)).toMatchObject([
      { ...SALE, kind: 'return-without-sale', amount: 700, claims: [{ amount: 700 }] },
    ]);
  });

  it('moves to who bought when the sale comes, which no door takes for a repeat', async () => {
    const machine = memoryMachine();
    await tell(machine, back);

    expect(await submit(machine, sale())).toMatchObject([{ status: 'accepted' }]);
    await tell(machine, sale());

    expect(await netOf(machine, ada)).toBe(1_800);
    expect((await readStatus(machine)).stores).toEqual({ 'ams-01': 1_800 });
    expect(await machine.table.get(keys.aggregate(waitingPartition(NAME)))).toBeUndefined();
    expect(await exceptionsOf(machine)).toEqual([]);
  });

  it('waits on where the receipt it names is no sale', async () => {
    const machine = memoryMachine();
    const other = { lines: [line('HAT', 1, 50)], ...SALE, sale: undefined };

    await tell(machine, back, aSubmission('return.recorded', { ids: ben, data: other }));

    expect(await netOf(machine, ben)).toBe(-50);
    expect((await readStatus(machine)).stores).toEqual({ 'ams-01': -50, 'ams-02': -700 });
  });

  it('is settled part by part as a long receipt comes in', async () => {
    const machine = memoryMachine();
    const [first, second] = [
      sale({ lines: [line('TEA', 1, 1_000)] }),
      sale({ lines: [line('MUG', 1, 700)], part: 2 }),
    ];

    await tell(machine, back, first);
    expect(await exceptionsOf(machine)).toMatchObject([{ kind: 'over-return' }]);
    await tell(machine, second);

    expect(totalsOf(await recordOf(machine, ada))).toMatchObject({ orders: 1, gross: 1_700, net: 1_000 });
    expect(await exceptionsOf(machine)).toEqual([]);
  });
});

describe('a voided sale', () => {
  const voided = aSubmission('sale.voided', { id: undefined, ids: {}, data: SALE });

  it('is undone whole, order, goods and discount, on the day of the sale, and nobody bought that day', async () => {
    const machine = memoryMachine();

    await tell(machine, sale(), voided);

    const record = await recordOf(machine, ada);
    expect(totalsOf(record)).toEqual({ orders: 0, gross: 0, returned: 0, net: 0, discounts: 0, units: 0 });
    expect(record.facts).toEqual({ 'sale.recorded': 1 });
  });

  it('that was partly returned leaves the return without goods', async () => {
    const machine = memoryMachine();

    await tell(machine, sale(), comingBack([line('MUG', 1, 700)]), voided);

    expect(await netOf(machine, ada)).toBe(0);
    expect(await exceptionsOf(machine)).toMatchObject([{ kind: 'over-return', claims: [{ amount: 700 }] }]);
  });

  it('may be voided before it comes, which is shown until then', async () => {
    const machine = memoryMachine();

    await tell(machine, voided);
    expect(await exceptionsOf(machine)).toMatchObject([{ ...SALE, kind: 'void-without-sale' }]);
    await tell(machine, sale());

    expect(await netOf(machine, ada)).toBe(0);
    expect(await exceptionsOf(machine)).toEqual([]);
  });

  it('is voided once, however often it is told', async () => {
    const machine = memoryMachine();

    await tell(machine, sale(), sale({ receipt: '2' }), voided);
    await tell(machine, voided, { ...voided, occurredAt: '2026-03-14T11:00:00Z' });

    expect(await netOf(machine, ada)).toBe(2_500);
    expect((await readStatus(machine)).quarantine).toEqual({ conflict: 1 });
  });
});

describe('a voided return', () => {
  const BACK = { store: 'ams-02', terminal: 'till-9', receipt: 'b-1' };
  const voided = aSubmission('sale.voided', { id: undefined, ids: {}, data: BACK });
  const back = comingBack([line('MUG', 1, 700)], { ids: ben, data: BACK });
  const withoutReceipt = comingBack([line('MUG', 1, 700)], { data: { ...BACK, sale: undefined } });
  const exchange = aSubmission('exchange.recorded', {
    id: undefined,
    ids: ada,
    data: { ...BACK, sale: SALE, returned: [line('MUG', 1, 700)], lines: [line('POT', 1, 900)] },
  });

  it.each([
    ['told last', [sale(), back, voided]],
    ['told first', [voided, back, sale()]],
    ['told between its return and the sale', [back, voided, sale()]],
    ['of goods without the receipt', [sale(), withoutReceipt, voided]],
    ['of goods without the receipt, told first', [voided, sale(), withoutReceipt]],
    [
      'of a receipt in parts',
      [voided, sale(), withoutReceipt, { ...withoutReceipt, data: { ...withoutReceipt.data, part: 2 } }],
    ],
    ['of an exchange, with what was taken', [sale(), exchange, voided]],
    ['of an exchange, told first', [voided, exchange, sale()]],
    [
      'of an exchange without the receipt',
      [sale(), { ...exchange, data: { ...exchange.data, sale: undefined } }, voided],
    ],
  ])('is as if nothing had come back: %s', async (_when, told) => {
    const machine = memoryMachine();

    await tell(machine, ...told);

    expect(totalsOf(await recordOf(machine, ada))).toMatchObject({
      orders: 1,
      gross: 2_500,
      returned: 0,
      net: 2_500,
      discounts: 200,
      units: 3,
    });
    expect((await readStatus(machine)).amounts['EUR']).toMatchObject({ returned: 0, net: 2_500 });
    expect(await exceptionsOf(machine)).toEqual([]);
    expect(isSound(await auditRecords(machine))).toBe(true);
  });

  it('gives back what it had taken from a later one', async () => {
    const machine = memoryMachine();
    const later = comingBack([line('MUG', 1, 700)], { at: '2026-03-06T10:00:00Z' });

    await tell(machine, sale(), back, later);
    expect(await exceptionsOf(machine)).toMatchObject([{ kind: 'over-return', amount: 700 }]);
    await tell(machine, voided);

    expect(await netOf(machine, ada)).toBe(1_800);
    expect(await exceptionsOf(machine)).toEqual([]);
  });

  it('reaches the sale that the goods were of, and none before it', async () => {
    const machine = memoryMachine();
    const EARLIER = { ...BACK, receipt: 'b-0' };
    const earlier = { ...exchange, data: { ...exchange.data, ...EARLIER } };
    const later = { ...exchange, data: { ...exchange.data, sale: EARLIER, returned: [line('POT', 1, 900)] } };

    await tell(machine, voided, later, earlier, sale());

    expect(totalsOf(await recordOf(machine, ada))).toMatchObject({ orders: 1, net: 2_700, units: 3 });
    expect(await exceptionsOf(machine)).toEqual([]);
  });

  it('waits for no sale any more', async () => {
    const machine = memoryMachine();

    await tell(machine, back);
    expect((await readStatus(machine)).amounts['EUR']).toMatchObject({ returned: 700 });
    await tell(machine, voided);

    expect((await readStatus(machine)).amounts['EUR']).toMatchObject({ returned: 0 });
    expect(await exceptionsOf(machine)).toEqual([]);
  });
});

describe('a till that gives every return the same sale', () => {
  it('is held up at two hundred, the rest waits in quarantine', async () => {
    const machine = memoryMachine();

    await tell(machine, ...Array.from({ length: 202 }, () => comingBack([line('MUG', 1, 1)], { ids: ben })));

    const status = await readStatus(machine);
    expect(status.facts).toEqual({ 'return.recorded': 200 });
    expect(status.quarantine).toEqual({ 'too-many-returns': 2 });
  });
});

describe('returns of several sales', () => {
  const receipts = ['1', '2', '3'];
  const sales = receipts.map((receipt) => sale({ receipt }, { member: `M-${receipt}` }));
  const backs = receipts.map((receipt) =>
    comingBack([line('MUG', 1, 700)], {
      ids: { member: `M-${receipt}` },
      data: { receipt: `b-${receipt}`, sale: { ...SALE, receipt } },
    }),
  );

  it('that have nothing in common stand in one commit', async () => {
    const machine = memoryMachine();
    await tell(machine, ...sales);
    const events = await accepted(machine, ...backs);
    let commits = 0;
    const commit = (writes: Parameters<typeof machine.table.commit>[0]) => {
      commits += 1;
      return machine.table.commit(writes);
    };

    expect(await foldEvents({ ...machine, table: { ...machine.table, commit } })(events)).toEqual({
      folded: 3,
      duplicates: 0,
      conflicts: 0,
    });

    expect(commits).toBe(1);
    expect((await readStatus(machine)).amounts['EUR']?.net).toBe(3 * 1_800);
  });

  it('do not wait for one whose sale is damaged', async () => {
    const machine = memoryMachine();
    const [first, ...others] = await accepted(machine, ...sales);
    if (first === undefined) throw new Error('Nothing was sold');
    await foldEvents(machine)([first, ...others]);
    const contested = await accepted(machine, ...backs.slice(0, 1));
    await foldEvents(machine)(contested);
    await machine.table.commit([{ remove: keys.fact(String(first.profile), first.occurredAt, first.id) }]);
    const again = comingBack([line('MUG', 1, 1)], { data: { receipt: 'b-4' } });
    const events = await accepted(machine, again, ...backs.slice(1));

    await expect(foldEvents(machine)(events)).rejects.toThrow('cannot be read');

    expect((await readStatus(machine)).amounts['EUR']?.net).toBe(3 * 1_800);
  });
});

describe('writers who meet over one sale', () => {
  it('who comes second with the sale finds the return that came first', async () => {
    const machine = memoryMachine();
    const sold = await accepted(machine, sale());
    const back = await accepted(machine, comingBack([line('MUG', 1, 700)], { ids: ben }));
    const table = overtaken(machine.table, 1, () => foldEvents(machine)(back));

    expect(await foldEvents({ ...machine, table })(sold)).toMatchObject({ folded: 1 });

    expect(await netOf(machine, ada)).toBe(1_800);
    expect(await exceptionsOf(machine)).toEqual([]);
  });

  it('who comes second with a return finds the sale, or the other return', async () => {
    for (const first of [sale(), comingBack([line('TEA', 1, 900)])]) {
      const machine = memoryMachine();
      const theirs = await accepted(machine, first);
      const back = await accepted(machine, comingBack([line('MUG', 1, 700)], { ids: ben }));
      const table = overtaken(machine.table, 1, () => foldEvents(machine)(theirs));

      expect(await foldEvents({ ...machine, table })(back)).toMatchObject({ folded: 1 });
      await tell(machine, sale());

      expect((await readStatus(machine)).amounts['EUR']?.net).toBe(
        first.type === 'sale.recorded' ? 1_800 : 900,
      );
    }
  });

  it('a return that loses its races pauses, and gives up in the end without a trace', async () => {
    const machine = memoryMachine();
    const back = await accepted(machine, comingBack([line('MUG', 1, 700)]));
    const pauses: number[] = [];
    const pause = async (attempt: number) => pauses.push(attempt);

    await expect(
      foldEvents({ ...machine, table: alwaysLosing(machine.table), pause })(back),
    ).rejects.toMatchObject({ code: 'too-many-conflicts', retryable: true });
    expect(pauses).toHaveLength(11);
    expect(await exceptionsOf(machine)).toEqual([]);

    await foldEvents({ ...machine, table: losing(machine.table, 1, 2) })(back);
    expect((await readStatus(machine)).stores).toEqual({ 'ams-02': -700 });
  });

  it('a process that dies anywhere ends, when all is delivered again, as if it had lived', async () => {
    const told = [
      comingBack([line('MUG', 2, 700)], { ids: ben }),
      sale({ part: 2, lines: [line('MUG', 1, 700)] }),
      sale(),
      comingBack([line('TEA', 1, 900)], { ids: {} }),
    ];
    const whole = memoryMachine();
    await tell(whole, ...told);
    const expected = await readStatus(whole);
    let deaths = 0;
    for (let at = 1; at <= 6; at += 1) {
      for (const when of ['before', 'after'] as const) {
        const machine = memoryMachine();
        const events = await accepted(machine, ...told);
        await foldEvents({ ...machine, table: dying(machine.table, at, when) })(events).catch((error) => {
          expect(error).toBeInstanceOf(Died);
          deaths += 1;
        });
        await foldEvents(machine)(events);
        expect({ at, when, ...(await readStatus(machine)) }).toEqual({ at, when, ...expected });
      }
    }
    expect(deaths).toBeGreaterThanOrEqual(6);
  });
});
