import { createReadStream, writeFileSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { fractionOf } from '../../shared/domain/kernel/fraction.ts';

const quoted = (field: string): string => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

/** Writes a packed CSV file again with its receipts (first column) in another order, the lines of each together. */
export async function shuffledReceipts(from: string, to: string, seed: number): Promise<string> {
  const receipts = new Map<string, string[]>();
  let header = '';
  for await (const fields of createReadStream(from)
    .pipe(createGunzip())
    .pipe(parse({ relax_quotes: true }))) {
    const [receipt, ...rest]: string[] = fields;
    const line = [receipt ?? '', ...rest].map(quoted).join(',');
    if (header === '') header = line;
    else receipts.set(receipt ?? '', [...(receipts.get(receipt ?? '') ?? []), line]);
  }
  const place = (receipt: string): number => fractionOf(`${seed}/${receipt}`);
  const order = [...receipts.keys()].sort((a, b) => place(a) - place(b));
  writeFileSync(to, [header, ...order.flatMap((receipt) => receipts.get(receipt) ?? []), ''].join('\n'));
  return to;
}
