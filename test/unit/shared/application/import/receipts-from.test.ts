import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvent } from '../../../../../shared/domain/events/read-event.ts';
import { aMapping, aMappingFile, aRow } from '../../../../builders/receipt-csv.ts';
import { eventsOf, found, refusals, withColumns } from './found.ts';

describe('the lines of a sale', () => {
  it('become one event, named by its receipt and not by an id', async () => {
    const events = await eventsOf([
      aRow({ Receipt: '77', Article: 'TEA', Pieces: '2', Price: '2.55', Card: 'M1' }),
      aRow({ Receipt: '77', Article: 'SUGAR', Pieces: '0.125', Price: '0.001', Card: 'M1' }),
    ]);

    expect(events).toEqual([
      {
        type: 'sale.recorded',
        occurredAt: '2026-01-15T09:00:00.000Z',
        ids: { member: 'M1' },
        data: {
          store: 'ams-01',
          receipt: '77',
          lines: [
            { sku: 'TEA', unitPrice: 255, quantity: 2 },
            { sku: 'SUGAR', unitPrice: 0.1, quantity: 0.125 },
          ],
        },
      },
    ]);
  });

  it('are a stranger’s without a customer', async () => {
    const [event] = await eventsOf([aRow()]);

    expect(event).not.toHaveProperty('ids');
  });

  it('count from the earliest of their times', async () => {
    const [event] = await eventsOf([
      aRow({ Time: '2026-01-15 10:01:30' }),
      aRow({ Time: '2026-01-15 10:00:59' }),
      aRow({ Time: '2026-01-15 10:02:00' }),
    ]);

    expect(event?.occurredAt).toBe('2026-01-15T09:00:59.000Z');
  });

  it('bring everything that the file says of them', async () => {
    const mapping = withColumns(
      {
        member: { column: 'Card', clean: 'whole-number' },
        phone: 'Phone',
        email: 'Mail',
        device: 'Browser',
        category: 'Group',
        discount: 'Off',
        terminal: 'Till',
        channel: 'Way',
      },
      { constants: { store: 'ams-01', channel: 'store', currency: 'EUR' } },
    );
    const row = aRow({
      Card: '17850.0',
      Phone: '06-1',
      Mail: 'a@example.com',
      Browser: 'b',
      Group: 'tea',
      Off: '0.50',
      Till: '3',
      Way: 'web',
    });

    const [event] = await eventsOf([row, { ...row, Way: '' }], mapping);

    expect(event).toMatchObject({
      ids: { member: '17850', phone: '06-1', email: 'a@example.com', device: 'b' },
      data: {
        terminal: '3',
        currency: 'EUR',
        channel: 'web',
        lines: [{ discount: 50, category: 'tea' }, {}],
      },
    });
  });

  it('take the constant where the cell is empty', async () => {
    const mapping = withColumns(
      { store: 'Shop' },
      { constants: { store: 'ams-01', terminal: '9', channel: 'app' } },
    );

    const events = await eventsOf([aRow({ Shop: 'utr-01' }), aRow({ Shop: ' ', Receipt: '2' })], mapping);

    expect(events.map(({ data }) => [data['store'], data['terminal'], data['channel']])).toEqual([
      ['utr-01', '9', 'app'],
      ['ams-01', '9', 'app'],
    ]);
  });

  it('of two stores are two receipts, though their numbers are the same', async () => {
    const mapping = withColumns({ store: 'Shop' });

    const events = await eventsOf([aRow({ Shop: 'a' }), aRow({ Shop: 'b' }), aRow({ Shop: 'a' })], mapping);

    expect(events.map(({ data }) => [data['store'], (data['lines'] as unknown[]).length])).toEqual([
      ['b', 1],
      ['a', 2],
    ]);
  });

  it('may name the offset of their times', async () => {
    const mapping = aMapping({ time: { format: 'YYYY-MM-DDTHH:mm:ssZ', zone: 'Asia/Tokyo' } });

    const [event] = await eventsOf([aRow({ Time: '2026-01-15T10:00:00+02:00' })], mapping);

    expect(event?.occurredAt).toBe('2026-01-15T08:00:00.000Z');
  });

  it('in another currency keep its digits', async () => {
    const yen = aMapping({}, 0);
    const dinar = aMapping({}, 3);

    expect(await eventsOf([aRow({ Price: '1130' })], yen)).toMatchObject([
      { data: { lines: [{ unitPrice: 1130 }] } },
    ]);
    expect(await eventsOf([aRow({ Price: '1.130' })], dinar)).toMatchObject([
      { data: { lines: [{ unitPrice: 1130 }] } },
    ]);
  });
});

describe('what is no sale', () => {
  it('is a return by the prefix of its number; goods that came back are counted up', async () => {
    const [event] = await eventsOf([aRow({ Receipt: 'R8', Pieces: '-3' })]);

    expect(event).toMatchObject({
      type: 'return.recorded',
      data: { receipt: 'R8', lines: [{ quantity: 3, unitPrice: 250 }] },
    });
  });

  it('names the sale that a return belongs to', async () => {
    const mapping = withColumns({ saleReceipt: 'Of', saleStore: 'OfShop', terminal: 'Till' });

    const [own, other] = await eventsOf(
      [
        aRow({ Receipt: 'R8', Pieces: '-1', Of: '7', OfShop: '', Till: '2' }),
        aRow({ Receipt: 'R9', Pieces: '-1', Of: '7', OfShop: 'utr-01', Till: '' }),
      ],
      mapping,
    );

    expect(own?.data).toMatchObject({ sale: { store: 'ams-01', terminal: '2', receipt: '7' } });
    expect(other?.data['sale']).toEqual({ store: 'utr-01', receipt: '7' });
  });

  it('is a return with quantities above 0 where the file writes it so', async () => {
    const mapping = aMapping({ rules: { returns: { receiptPrefix: 'R', quantities: 'positive' } } });

    expect(await eventsOf([aRow({ Receipt: 'R8', Pieces: '3' })], mapping)).toMatchObject([
      { type: 'return.recorded', data: { lines: [{ quantity: 3 }] } },
    ]);
    expect(await refusals([aRow({ Receipt: 'R8', Pieces: '-3' })], mapping)).toEqual([[2, 'wrong-sign']]);
  });

  it('is an adjustment of the books by its prefix, whatever its signs', async () => {
    const mapping = withColumns({ note: 'Why' });

    const events = await eventsOf(
      [
        aRow({ Receipt: 'B1', Price: '-11062.06', Why: 'bad debt' }),
        aRow({ Receipt: 'B2', Pieces: '-1', Why: '' }),
      ],
      mapping,
    );

    expect(events).toMatchObject([
      {
        type: 'adjustment.recorded',
        data: { kind: 'books', lines: [{ quantity: 1, unitPrice: -1_106_206, note: 'bad debt' }] },
      },
      { type: 'adjustment.recorded', data: { kind: 'books', lines: [{ quantity: -1, unitPrice: 250 }] } },
    ]);
    expect(events[1]?.data['lines']).not.toMatchObject([{ note: expect.anything() }]);
  });

  it('is a correction of the stock where a quantity lies below 0', async () => {
    expect(await eventsOf([aRow({ Pieces: '-4', Price: '0' })])).toMatchObject([
      { type: 'adjustment.recorded', data: { kind: 'stock', lines: [{ quantity: -4, unitPrice: 0 }] } },
    ]);
  });

  it('is a return there, where the mapping says so', async () => {
    const mapping = aMapping({ rules: { negativeQuantity: 'return' } });

    expect(await eventsOf([aRow({ Pieces: '-4' })], mapping)).toMatchObject([
      { type: 'return.recorded', data: { receipt: '1', lines: [{ quantity: 4 }] } },
    ]);
  });

  it('is told apart within one receipt, so that an exchange is a sale and a return', async () => {
    const mapping = withColumns({ discount: 'Off' }, { rules: { negativeQuantity: 'return' } });

    const events = await eventsOf(
      [aRow({ Pieces: '-1', Off: '-0.20' }), aRow({ Pieces: '2', Off: '' })],
      mapping,
    );

    expect(events).toMatchObject([
      { type: 'sale.recorded', data: { receipt: '1', lines: [{ quantity: 2 }] } },
      { type: 'return.recorded', data: { receipt: '1~return', lines: [{ quantity: 1, discount: 20 }] } },
    ]);
  });
});

describe('every file', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 70 }),
    fc.constantFrom('1', '-2', '0.5', '7.25', ''),
  );
  const row = fc.record({
    Receipt: fc.constantFrom('1', '2', 'R3', 'B4', 'x'.repeat(57)),
    Article: fc.oneof({ weight: 6, arbitrary: fc.constant('TEA') }, cell),
    Pieces: fc.constantFrom('1', '-1', '0.0625', '999999', '3'),
    Price: fc.oneof({ weight: 6, arbitrary: fc.constantFrom('1', '0.0001', '9999999.99') }, cell),
    Time: fc.constantFrom('2026-03-29 02:30:00', '2026-01-01 00:00'),
    Card: fc.oneof({ weight: 6, arbitrary: fc.constantFrom('', 'M1') }, cell),
  });

  it('has each of its lines in one receipt or one refusal, and makes only events that are taken', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
        const all = await found(
          rows,
          aMapping({ rules: { ...aMappingFile.rules, negativeQuantity: 'return' } }),
        );
        expect(all.reduce((sum, { lines }) => sum + lines, 0)).toBe(rows.length);
        for (const one of all)
          for (const event of one.kind === 'receipt' ? one.events : [])
            expect(() => readEvent(event)).not.toThrow();
      }),
    );
  });
});
