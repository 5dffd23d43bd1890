import type * as z from 'zod';
import { adjustmentRecorded } from '../events/adjustment-recorded.ts';
import { type Channel, Line } from '../events/receipt.ts';
import { InvalidInput } from '../kernel/errors.ts';
import { unitPriceFor } from '../kernel/money.ts';
import { columnReader } from './column-reader.ts';
import type { Mapping } from './mapping.ts';

/** Store, terminal and number: together the name of a receipt. */
export interface ReceiptName {
  readonly store: string;
  readonly terminal: string | undefined;
  readonly receipt: string;
}

/** In the order in which a receipt that holds several is cut into events. */
export const lineKinds = ['sale', 'return', 'books', 'stock'] as const;
export type LineKind = (typeof lineKinds)[number];

/** What must be the same on all lines of a receipt that say it. */
export const headFields = [
  'channel',
  'member',
  'card',
  'phone',
  'email',
  'wechat',
  'device',
  'saleReceipt',
  'saleStore',
  'saleTerminal',
] as const;
type HeadField = (typeof headFields)[number];
export type ReceiptFacts = {
  readonly [F in HeadField]?: F extends 'channel' ? z.output<typeof Channel> | undefined : string | undefined;
};

/** A type and not an interface, so that it fits the open objects of events. */
export type GoodsLine = {
  readonly sku: string;
  readonly quantity: number;
  /** Minor units. */
  readonly unitPrice: number;
  readonly discount?: number;
  readonly category?: string;
  readonly note?: string;
};

export interface ReadLine {
  readonly kind: LineKind;
  /** ISO 8601, UTC. */
  readonly occurredAt: string;
  readonly facts: ReceiptFacts;
  readonly goods: GoodsLine;
}

const AdjustmentLine = adjustmentRecorded.data.shape.lines.element;

/** Reads lines of one file; both throw InvalidInput where a line breaks the rules of events. */
export interface LineReader {
  nameOf(fields: readonly string[]): ReceiptName;
  read(fields: readonly string[], name: ReceiptName): ReadLine;
}

export function lineReader(header: readonly string[], mapping: Mapping): LineReader {
  const columns = columnReader(header, mapping);
  const receipt = columns.text('receipt');
  const store = columns.text('store');
  const terminal = columns.text('terminal');
  const occurredAt = columns.instant('occurredAt');
  const goodsOf = goodsReader(mapping, columns);
  const facts = headFields.map((field) => [field, columns.text(field)] as const);
  return {
    nameOf: (fields) => ({
      store: filled('store', store(fields) ?? mapping.constants.store),
      terminal: terminal(fields) ?? mapping.constants.terminal,
      receipt: filled('receipt', receipt(fields)),
    }),
    read: (fields, name) => ({
      ...goodsOf(fields, name.receipt),
      occurredAt: occurredAt(fields),
      facts: Object.fromEntries(facts.map(([field, read]) => [field, read(fields)])),
    }),
  };
}

const filled = (field: string, value: string | undefined): string => {
  if (value !== undefined) return value;
  throw new InvalidInput(
    'invalid-text',
    field,
    `${field}: the cell is empty; every line must name its ${field}`,
  );
};

function goodsReader({ rules, currencyDigits }: Mapping, columns: ReturnType<typeof columnReader>) {
  const sku = columns.text('sku');
  const category = columns.text('category');
  const note = columns.text('note');
  const quantityOf = columns.number('quantity', 0);
  const priceOf = columns.number('unitPrice', currencyDigits);
  const discountOf = columns.number('discount', currencyDigits, 'optional');
  return (fields: readonly string[], receipt: string): { kind: LineKind; goods: GoodsLine } => {
    const quantity = quantityOf(fields);
    const kind = kindOf(receipt, quantity, rules);
    const line = { sku: filled('sku', sku(fields)), unitPrice: priceOf(fields) };
    // A return that is written below 0 has its discount below 0, too.
    const discount = quantity < 0 ? Math.abs(discountOf(fields)) : discountOf(fields);
    if (kind === 'stock' || kind === 'books')
      return { kind, goods: adjustment({ ...line, quantity }, discount, note(fields)) };
    const group = category(fields);
    const pieces = Math.abs(quantity);
    const goods = {
      ...line,
      quantity: pieces,
      unitPrice: unitPriceFor(pieces, line.unitPrice),
      ...(discount === 0 ? {} : { discount }),
      ...(group === undefined ? {} : { category: group }),
    };
    return { kind, goods: checked(Line, goods) };
  };
}

function adjustment(line: GoodsLine, discount: number, note: string | undefined): GoodsLine {
  if (discount === 0) return checked(AdjustmentLine, note === undefined ? line : { ...line, note });
  throw new InvalidInput(
    'invalid-amount',
    'discount',
    `discount: ${discount} minor units on a line that is no sale; leave the cell empty`,
  );
}

/** The line as it is, when the event's own schema takes it. */
function checked(schema: z.ZodType, goods: GoodsLine): GoodsLine {
  const read = schema.safeParse(goods);
  if (read.success) return goods;
  const issue = read.error.issues[0];
  const field = String(issue?.path[0] ?? 'line');
  const value = goods[field as keyof GoodsLine];
  throw new InvalidInput('invalid-amount', field, `${field}: ${value} ${issue?.message ?? 'cannot be read'}`);
}

function kindOf(
  receipt: string,
  quantity: number,
  { returns, books, negativeQuantity }: Mapping['rules'],
): LineKind {
  if (books !== undefined && receipt.startsWith(books.receiptPrefix)) return 'books';
  if (returns === undefined || !receipt.startsWith(returns.receiptPrefix))
    return quantity < 0 ? negativeQuantity : 'sale';
  if (quantity < 0 === (returns.quantities === 'negative')) return 'return';
  throw new InvalidInput(
    'wrong-sign',
    'quantity',
    `quantity: ${quantity} on a return, where rules.returns.quantities says ${returns.quantities}; mend the line or the rule`,
  );
}
