import { InvalidInput } from '../kernel/errors.ts';
import { utf8Length } from '../kernel/utf8.ts';
import {
  type GoodsLine,
  headFields,
  type LineKind,
  type ReadLine,
  type ReceiptFacts,
  type ReceiptName,
} from './line-reader.ts';

/** Bounds memory, and keeps a receipt under the 1,000 parts that it may have. */
export const RECEIPT_BYTES = 10_000_000;

/** A line, and its bytes in JSON with the comma after it. */
export interface SizedLine {
  readonly line: GoodsLine;
  readonly bytes: number;
}

/** A receipt whose lines are being collected. */
export interface OpenReceipt {
  readonly name: ReceiptName;
  /** Where it began, for messages. */
  readonly firstLine: number;
  lines: number;
  bytes: number;
  occurredAt: string;
  facts: ReceiptFacts;
  readonly goods: { readonly [K in LineKind]: SizedLine[] };
}

export const openReceipt = (name: ReceiptName, firstLine: number): OpenReceipt => ({
  name,
  firstLine,
  lines: 0,
  bytes: 0,
  occurredAt: '',
  facts: {},
  goods: { sale: [], return: [], books: [], stock: [] },
});

/** Throws InvalidInput `lines-disagree` or `receipt-too-long` and leaves the receipt as it was. */
export function addLine(receipt: OpenReceipt, { kind, occurredAt, facts, goods }: ReadLine): void {
  const together = agreed(receipt, facts);
  const bytes = utf8Length(JSON.stringify(goods)) + 1;
  if (receipt.bytes + bytes > RECEIPT_BYTES) {
    throw new InvalidInput(
      'receipt-too-long',
      'receipt',
      `receipt: ${receipt.name.receipt} has more than ${RECEIPT_BYTES / 1e6} MB of lines; does the column hold receipt numbers?`,
    );
  }
  receipt.facts = together;
  receipt.bytes += bytes;
  receipt.lines += 1;
  // A till may write a receipt over some minutes; it counts from the first.
  if (receipt.occurredAt === '' || occurredAt < receipt.occurredAt) receipt.occurredAt = occurredAt;
  receipt.goods[kind].push({ line: goods, bytes });
}

function agreed({ name, facts }: OpenReceipt, said: ReceiptFacts): ReceiptFacts {
  const changed = headFields.filter((field) => said[field] !== undefined && said[field] !== facts[field]);
  if (changed.length === 0) return facts;
  const field = changed.find((other) => facts[other] !== undefined);
  if (field === undefined)
    return { ...facts, ...Object.fromEntries(changed.map((fresh) => [fresh, said[fresh]])) };
  throw new InvalidInput(
    'lines-disagree',
    field,
    `${field}: another one than on earlier lines of receipt ${name.receipt}; all lines of a receipt share one`,
  );
}
