import { describe, expect, it } from 'vitest';
import { exchangeRecorded } from '../../../../../shared/domain/events/exchange-recorded.ts';
import { current, expandEvent, lift, readEvent } from '../../../../../shared/domain/events/read-event.ts';
import type { InvalidInput } from '../../../../../shared/domain/kernel/errors.ts';
import { aSubmission } from '../../../../builders/a-submission.ts';
import { anEvent } from '../../../../builders/an-event.ts';

/** The code and the path that a refusal names. */
function refusal(raw: unknown): Pick<InvalidInput, 'code' | 'path'> | 'taken' {
  try {
    readEvent(raw);
    return 'taken';
  } catch (error) {
    const { code, path } = error as InvalidInput;
    return { code, path };
  }
}

const line = (change: Record<string, unknown> = {}) => ({
  sku: 'TEA',
  quantity: 1,
  unitPrice: 250,
  ...change,
});
const sale = (data: Record<string, unknown>) => aSubmission('sale.recorded', { data });
const withLine = (change: Record<string, unknown>) => sale({ lines: [line(), line(change)] });
const adjustment = (change: Record<string, unknown>) =>
  aSubmission('adjustment.recorded', {
    data: { lines: [{ sku: 'TEA', quantity: -2, unitPrice: 0, ...change }] },
  });

describe('a frame that is wrong', () => {
  it.each([
    ['is refused where there is none', undefined, 'unknown-type', 'type'],
    ['is refused as a number', 42, 'unknown-type', 'type'],
    ['is refused as null', null, 'unknown-type', 'type'],
    ['is refused as a list', [], 'unknown-type', 'type'],
    ['is refused without a type', { occurredAt: '2026-03-14T10:15:00Z', data: {} }, 'unknown-type', 'type'],
    ['is refused with a type of another kind', { ...sale({}), type: 7 }, 'unknown-type', 'type'],
    ['is refused with an unknown type', { ...sale({}), type: 'sale.imagined' }, 'unknown-type', 'type'],
    [
      'is refused with a type that every object has',
      { ...sale({}), type: 'constructor' },
      'unknown-type',
      'type',
    ],
    ['is refused with a version of tomorrow', { ...sale({}), version: 2 }, 'unknown-version', 'version'],
    ['is refused with version 0', { ...sale({}), version: 0 }, 'invalid-field', 'version'],
    ['is refused with half a version', { ...sale({}), version: 1.5 }, 'invalid-field', 'version'],
    ['is refused without a time', { ...sale({}), occurredAt: undefined }, 'invalid-field', 'occurredAt'],
    [
      'is refused with a time without offset',
      { ...sale({}), occurredAt: '2026-03-14T10:15:00' },
      'invalid-field',
      'occurredAt',
    ],
    [
      'is refused with 30 February',
      { ...sale({}), occurredAt: '2026-02-30T10:15:00Z' },
      'invalid-field',
      'occurredAt',
    ],
    ['is refused with a broken sentAt', { ...sale({}), sentAt: 'now' }, 'invalid-field', 'sentAt'],
    ['is refused with a blank id', { ...sale({}), id: '  ' }, 'invalid-field', 'id'],
    ['is refused with an id of 129 characters', { ...sale({}), id: 'x'.repeat(129) }, 'invalid-field', 'id'],
    ['is refused with a line feed in its id', { ...sale({}), id: 'a\nb' }, 'invalid-field', 'id'],
    [
      'is refused with a number for a member',
      { ...sale({}), ids: { member: 1001 } },
      'invalid-field',
      'ids.member',
    ],
    ['is refused without data', { ...sale({}), data: undefined }, 'invalid-field', 'data'],
    ['is refused with a list for data', { ...sale({}), data: [] }, 'invalid-field', 'data'],
  ])('%s', (_what, raw, code, path) => {
    expect(refusal(raw)).toEqual({ code, path });
  });
});

describe('a receipt that is wrong', () => {
  it.each([
    ['a negative quantity', withLine({ quantity: -1 }), 'data.lines.1.quantity'],
    ['a quantity of nothing', withLine({ quantity: 0 }), 'data.lines.1.quantity'],
    ['a quantity of five decimals', withLine({ quantity: 1.23456 }), 'data.lines.1.quantity'],
    ['a quantity of a million and one', withLine({ quantity: 1_000_001 }), 'data.lines.1.quantity'],
    ['a quantity as text', withLine({ quantity: '1' }), 'data.lines.1.quantity'],
    ['a negative price', withLine({ unitPrice: -1 }), 'data.lines.1.unitPrice'],
    ['a price of five decimals', withLine({ unitPrice: 240.00001 }), 'data.lines.1.unitPrice'],
    ['a price in whole units of money', withLine({ unitPrice: 19.99 }), 'data.lines.1.unitPrice'],
    ['a price beyond 2^53', withLine({ unitPrice: 2 ** 60 }), 'data.lines.1.unitPrice'],
    [
      'quantity and price that are beyond 2^53 together',
      withLine({ quantity: 100_000, unitPrice: 10 ** 12 }),
      'data.lines.1.quantity',
    ],
    ['a discount of half a cent', withLine({ discount: 0.5 }), 'data.lines.1.discount'],
    ['a negative discount', withLine({ discount: -1 }), 'data.lines.1.discount'],
    ['a discount above the price', withLine({ discount: 251 }), 'data.lines.1.discount'],
    ['a line without a sku', withLine({ sku: undefined }), 'data.lines.1.sku'],
    [
      'a category that would be no key of a record',
      withLine({ category: '__proto__' }),
      'data.lines.1.category',
    ],
    ['no line', sale({ lines: [] }), 'data.lines'],
    ['1,001 lines', sale({ lines: Array.from({ length: 1_001 }, () => line()) }), 'data.lines'],
    ['no store', sale({ store: undefined }), 'data.store'],
    ['a blank receipt number', sale({ receipt: ' ' }), 'data.receipt'],
    ['a receipt number of 65 characters', sale({ receipt: '1'.repeat(65) }), 'data.receipt'],
    ['half a surrogate pair in its number', sale({ receipt: 'r\ud800' }), 'data.receipt'],
    ['a control character in its store', sale({ store: 'ams\u0000' }), 'data.store'],
    ['part 0', sale({ part: 0 }), 'data.part'],
    ['an unknown channel', sale({ channel: 'phone' }), 'data.channel'],
    ['a currency of four letters', sale({ currency: 'EURO' }), 'data.currency'],
    ['a tender beyond 2^53', sale({ tender: [{ kind: 'card', amount: 2 ** 60 }] }), 'data.tender.0.amount'],
    [
      'an adjustment of 10^12 pieces at 10^12',
      adjustment({ quantity: 10 ** 12, unitPrice: -(10 ** 12) }),
      'data.lines.0.quantity',
    ],
    ['an adjustment of five decimals', adjustment({ unitPrice: 0.00001 }), 'data.lines.0.unitPrice'],
  ])('is refused with %s', (_what, raw, path) => {
    expect(refusal(raw)).toEqual({ code: 'invalid-field', path });
  });
});

describe('a receipt at its limits', () => {
  it.each([
    ['a thousand lines', sale({ lines: Array.from({ length: 1_000 }, () => line()) })],
    ['a discount of all it costs', withLine({ discount: 250 })],
    ['four decimals', withLine({ quantity: 0.0001, unitPrice: 0.0001 })],
    ['0.1 + 0.2 of something', withLine({ quantity: 0.1 + 0.2 })],
    ['the largest amount', withLine({ quantity: 1_000_000, unitPrice: 1_000_000 })],
    ['a price by weight or of a pack', withLine({ quantity: 3, unitPrice: 333.3333 })],
    ['goods given away', withLine({ unitPrice: 0 })],
  ])('is taken with %s', (_what, raw) => {
    expect(refusal(raw)).toBe('taken');
  });

  it('gets what it left out, and loses the blanks around names', () => {
    const { happening } = readEvent({
      type: 'sale.recorded',
      occurredAt: '2026-03-14T10:15:00Z',
      data: { store: ' ams-01 ', receipt: '7', lines: [{ sku: 'TEA', quantity: 1, unitPrice: 250 }] },
    });

    expect(happening.data).toEqual({
      store: 'ams-01',
      terminal: '1',
      receipt: '7',
      part: 1,
      channel: 'store',
      lines: [{ sku: 'TEA', quantity: 1, unitPrice: 250, discount: 0 }],
    });
  });
});

describe('the natural key', () => {
  const keyOf = (data: Record<string, unknown>): string | undefined => readEvent(sale(data)).naturalKey;

  it('escapes slashes, so that two receipts never share one', () => {
    const names = [
      keyOf({ store: 'a/b', terminal: 'c', receipt: '1' }),
      keyOf({ store: 'a', terminal: 'b/c', receipt: '1' }),
      keyOf({ store: 'a', terminal: 'b', receipt: 'c/1' }),
      keyOf({ store: 'a%2Fb', terminal: 'c', receipt: '1' }),
      keyOf({ store: 'a', terminal: 'b', receipt: 'c', part: 1 }),
      keyOf({ store: 'a', terminal: 'b', receipt: 'c', part: 2 }),
    ];

    expect(new Set(names).size).toBe(names.length);
    expect(names[0]).toBe('receipt/a%2Fb/c/1/1');
  });

  it('of the longest names fits a sort key of 1,024 bytes beside its time, in any script', () => {
    for (const char of ['店', '/', '%', 'é']) {
      const name = char.repeat(64);
      const key = `fact#2026-03-14T10:15:00.000Z#${keyOf({ store: name, terminal: name, receipt: name, part: 1_000 })}`;

      expect(Buffer.byteLength(key)).toBeLessThanOrEqual(1_024);
    }
  });

  it('is missing where only an id can name the event', () => {
    expect(readEvent(aSubmission('consent.changed')).naturalKey).toBeUndefined();
  });
});

describe('an older version', () => {
  const definition = {
    type: 'sale.recorded',
    version: 3,
    upcast: {
      1: ({ shop, ...rest }: Record<string, unknown>) => ({ ...rest, store: shop }),
      2: (old: Record<string, unknown>) => ({ ...old, channel: 'store' }),
    },
  };

  it('is lifted step by step', () => {
    expect(lift(definition, { shop: 'ams' }, 1)).toEqual({ store: 'ams', channel: 'store' });
    expect(lift(definition, { store: 'ams' }, 2)).toEqual({ store: 'ams', channel: 'store' });
  });

  it('is left alone where it is today’s, or says nothing', () => {
    expect(lift(definition, { store: 'ams' }, 3)).toEqual({ store: 'ams' });
    expect(lift(definition, { store: 'ams' })).toEqual({ store: 'ams' });
  });

  it.each([
    ['from tomorrow', 4, definition],
    ['without a way up', 1, { ...definition, upcast: { 2: definition.upcast[2] } }],
    ['where nothing was ever lifted', 2, { type: 'sale.recorded', version: 3 }],
  ])('is refused %s', (_what, version, from) => {
    expect(() => lift(from, {}, version)).toThrow(
      expect.objectContaining({ code: 'unknown-version', path: 'version' }),
    );
  });
});

describe('an exchange', () => {
  const exchange = {
    type: 'exchange.recorded',
    occurredAt: '2026-03-14T10:15:00Z',
    ids: { member: '1001' },
    data: exchangeRecorded.sample,
  };

  it('is kept as a sale and a return of the same person, the id of the sender at the first alone', () => {
    const [sale, back, ...others] = expandEvent({ ...exchange, id: 'till-7' });

    expect(others).toEqual([]);
    expect(sale).toMatchObject({ type: 'sale.recorded', id: 'till-7', ids: { member: '1001' } });
    expect(back).toMatchObject({ type: 'return.recorded', ids: { member: '1001' } });
    expect(back).not.toHaveProperty('id');
    expect([refusal(sale), refusal(back)]).toEqual(['taken', 'taken']);
  });

  it('needs no id of the sender', () => {
    const pieces = expandEvent(exchange);

    expect(pieces).toHaveLength(2);
    for (const piece of pieces) expect(piece).not.toHaveProperty('id');
  });

  it('is refused as a whole, naming the field as it was sent', () => {
    const data = { ...exchange.data, returned: [] };

    expect(() => expandEvent({ ...exchange, data })).toThrow(
      expect.objectContaining({ code: 'invalid-field', path: 'data.returned' }),
    );
  });

  it('is the only thing taken apart', () => {
    const raw = sale({});

    expect(expandEvent(raw)).toEqual([raw]);
    expect(expandEvent('nonsense')).toEqual(['nonsense']);
  });
});

describe('an event of a type that this release does not know', () => {
  it('stays in the archive as it was kept', () => {
    const kept = { ...anEvent('sale.recorded'), type: 'sale.imagined', version: 7 } as never;

    expect(current(kept)).toBe(kept);
  });
});

describe('a return', () => {
  const sold = { store: 'ams-01', terminal: 'till-3', receipt: '000917' };
  const back = (data: Record<string, unknown>) => refusal(aSubmission('return.recorded', { data }));

  it.each([
    ['nothing that came back', { lines: undefined, sale: undefined }, 'data.lines'],
    ['an amount for a sale that it does not name', { amount: 500, sale: undefined }, 'data.sale'],
    ['lines beside the whole sale', { whole: true, sale: sold }, 'data.lines'],
    [
      'the whole of a sale that it does not name',
      { whole: true, lines: undefined, sale: undefined },
      'data.sale',
    ],
    ['its own name for that of the sale', { ...sold, sale: sold }, 'data.sale'],
    ['its own name for that of the sale, in a further part', { ...sold, part: 2, sale: sold }, 'data.sale'],
  ])('is refused with %s', (_what, data, path) => {
    expect(back(data)).toEqual({ code: 'invalid-field', path });
  });

  it.each([
    ['lines without the receipt', { sale: undefined }],
    ['the whole of a sale', { whole: true, lines: undefined, sale: sold }],
    ['an amount alone, paid back for a sale', { lines: undefined, amount: 500, sale: sold }],
  ])('is taken with %s', (_what, data) => {
    expect(back(data)).toBe('taken');
  });

  it('that is half of an exchange has another name than the goods that were taken for it', () => {
    const nameOf = (exchange?: true) =>
      readEvent(
        aSubmission('return.recorded', { data: { ...sold, receipt: '2', ...(exchange && { exchange }) } }),
      ).naturalKey;

    expect(nameOf(true)).toBe(`returned/${nameOf()}`);
  });
});
