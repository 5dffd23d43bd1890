import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Mapping, readMapping } from '../../shared/domain/import/mapping.ts';
import type { ReceiptSource } from '../../shared/domain/import/source.ts';

/** Real receipts lie beside the repository, not in it. */
export const onlineRetailPath = fileURLToPath(
  new URL('../../../shared/data/online-retail/online-retail.csv.gz', import.meta.url),
);
export const onlineRetailIsThere: boolean = existsSync(onlineRetailPath);

/** A till's file with a bit of everything; pass the parts of the mapping that the test is about. */
export const aMapping = (parts: Readonly<Record<string, unknown>> = {}, currencyDigits = 2): Mapping =>
  readMapping({ ...aMappingFile, ...parts }, { currencyDigits });

export const aMappingFile = {
  columns: {
    receipt: 'Receipt',
    sku: 'Article',
    quantity: 'Pieces',
    unitPrice: 'Price',
    occurredAt: 'Time',
    member: 'Card',
  },
  constants: { store: 'ams-01' },
  time: { format: 'YYYY-MM-DD HH:mm:ss', zone: 'Europe/Amsterdam' },
  rules: { returns: { receiptPrefix: 'R' }, books: { receiptPrefix: 'B' } },
};

/** The cells of a line, by column. */
export type Row = Readonly<Record<string, string>>;

/** A valid line of that file; pass the cells that the test is about. */
export const aRow = (cells: Row = {}): Row => ({
  Receipt: '1',
  Article: 'TEA',
  Pieces: '1',
  Price: '2.50',
  Time: '2026-01-15 10:00:00',
  Card: '',
  ...cells,
});

/** The rows as an opened file; its columns are those of the first row, and its first line is line 2. */
export const aSource = (...rows: readonly Row[]): ReceiptSource => {
  const columns = Object.keys(rows[0] ?? aRow());
  return aSourceOf(
    columns,
    rows.map((row) => columns.map((column) => row[column] ?? '')),
  );
};

export const aSourceOf = (
  columns: readonly string[],
  lines: readonly (readonly string[])[],
): ReceiptSource => ({
  columns,
  lines: (async function* () {
    for (const [index, fields] of lines.entries()) yield { number: index + 2, fields };
  })(),
});

export async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
