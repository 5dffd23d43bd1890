import { describe, expect, it } from 'vitest';
import { receiptsFrom } from '../../../../../shared/application/import/receipts-from.ts';
import { aMapping, aRow, aSourceOf, collected, type Row } from '../../../../builders/receipt-csv.ts';
import { found, refusals, withColumns } from './found.ts';

describe('a line that cannot be read', () => {
  const wide = withColumns({ discount: 'Off', phone: 'Phone', channel: 'Way' });
  const row = aRow({ Off: '', Phone: '', Way: '' });

  it.each([
    [{ Price: '2,50' }, 'not-a-number', "unitPrice (column Price): '2,50' is no number such as 1250.75"],
    [{ Pieces: '' }, 'not-a-number', "quantity (column Pieces): '' is no number"],
    [{ Price: '0.1234567' }, 'too-many-decimals', 'has more than 6 decimals'],
    [{ Price: '-1' }, 'invalid-amount', 'unitPrice: -100 must not be negative'],
    [{ Pieces: '0' }, 'invalid-amount', 'quantity: 0 must be above 0'],
    [{ Pieces: '2000000' }, 'invalid-amount', 'quantity'],
    [{ Price: '99999999999999' }, 'invalid-amount', 'unitPrice'],
    [{ Off: '0.005' }, 'invalid-amount', 'discount: 0.5 must be a whole number'],
    [{ Off: '3' }, 'invalid-amount', 'discount: 300 is more than the line costs'],
    [{ Pieces: '-1', Off: '1' }, 'invalid-amount', 'on a line that is no sale'],
    [{ Receipt: 'R1' }, 'wrong-sign', 'rules.returns.quantities'],
    [{ Time: '15.01.2026 10:00' }, 'not-a-time', 'is no time as YYYY-MM-DD HH:mm:ss'],
    [{ Article: '' }, 'invalid-text', 'sku: the cell is empty'],
    [{ Article: 'x'.repeat(65) }, 'invalid-text', 'sku (column Article)'],
    [{ Way: 'radio' }, 'invalid-text', "channel (column Way): 'radio'"],
    [{ Receipt: ' ' }, 'invalid-text', 'receipt: the cell is empty'],
    [{ Receipt: '9'.repeat(58) }, 'invalid-text', 'receipt (column Receipt)'],
  ])('as with %j is refused with its number', async (cells, code, message) => {
    const [refusal] = await found([{ ...row, ...cells }], wide);

    expect(refusal).toMatchObject({
      kind: 'refused',
      line: 2,
      lines: 1,
      code,
      message: expect.stringContaining(message),
    });
  });

  it('is none for an identifier that cannot be one: ingest refuses that alone and keeps the receipt', async () => {
    const [receipt] = await found([{ ...row, Phone: '0'.repeat(400) }], wide);

    expect(receipt).toMatchObject({ kind: 'receipt', events: [{ ids: { phone: expect.any(String) } }] });
  });

  it('takes its whole receipt with it, and no other', async () => {
    const all = await found([
      aRow(),
      aRow({ Receipt: '2' }),
      aRow({ Price: 'free' }),
      aRow({ Article: 'MUG' }),
    ]);

    expect(all).toMatchObject([
      { kind: 'refused', line: 4, lines: 1, code: 'not-a-number' },
      { kind: 'receipt', line: 3, lines: 1 },
      {
        kind: 'refused',
        line: 2,
        lines: 2,
        code: 'receipt-incomplete',
        message: expect.stringContaining('line 4'),
      },
    ]);
  });

  it('is one with more or fewer columns than the header', async () => {
    const [first, ...more] = [
      ['1', 'TEA', '1', '2.50', '2026-01-15 10:00:00', ''],
      ['1', 'TEA, green', '1'],
      ['', 'x'],
    ];
    const source = aSourceOf(Object.keys(aRow()), [
      first ?? [],
      ...more,
      ['2', 'TEA', '1', '2.50', '2026-01-15 10:00:00', '', ''],
    ]);

    const all = await collected(receiptsFrom(source, aMapping()));

    expect(all.map((one) => [one.line, one.kind === 'refused' ? one.code : 'taken'])).toEqual([
      [3, 'wrong-columns'],
      [4, 'wrong-columns'],
      [5, 'wrong-columns'],
      [2, 'receipt-incomplete'],
    ]);
  });

  it('is not blamed for a fault of our own', async () => {
    const source = aSourceOf(Object.keys(aRow()), [[1, 2, 3, 4, 5, 6] as unknown as string[]]);

    await expect(collected(receiptsFrom(source, aMapping()))).rejects.toBeInstanceOf(TypeError);
  });

  it('is one that says another customer than the lines before it', async () => {
    const rows: readonly Row[] = [aRow({ Card: 'M1' }), aRow({ Card: '' }), aRow({ Card: 'M2' })];

    expect(await refusals(rows)).toEqual([
      [4, 'lines-disagree'],
      [2, 'receipt-incomplete'],
    ]);
  });
});

describe('a header that lacks a column', () => {
  it('stops the import before the first line, and says which columns there are', async () => {
    const source = aSourceOf(['Receipt', 'Article', 'Pieces', 'price', 'Time', 'Card'], []);

    await expect(collected(receiptsFrom(source, aMapping()))).rejects.toMatchObject({
      code: 'missing-column',
      path: 'columns.unitPrice',
      message: expect.stringMatching(
        /no column 'Price'; the file has 'Receipt', 'Article', 'Pieces', 'price'/,
      ),
    });
  });

  it('or has it twice', async () => {
    const source = aSourceOf([...Object.keys(aRow()), 'Price'], []);

    await expect(collected(receiptsFrom(source, aMapping()))).rejects.toMatchObject({
      code: 'doubled-column',
    });
  });
});
