import { utf8Length } from '../kernel/utf8.ts';
import {
  type GoodsLine,
  type LineKind,
  lineKinds,
  type ReceiptFacts,
  type ReceiptName,
} from './line-reader.ts';
import type { Mapping } from './mapping.ts';
import type { OpenReceipt, SizedLine } from './open-receipt.ts';
import type { RawEvent } from './raw-event.ts';

/**
 * An event may have 32 KB; this leaves room for what ingest adds. The shortest line has 38 bytes, so the
 * limit of 1,000 lines a part is never met.
 */
export const PART_BYTES = 24_000;

/**
 * The events of a complete receipt, the same for the same lines: one, or parts where it is long. One that
 * holds several kinds of lines becomes one event a kind; the first keeps the number, the others add their kind.
 */
export function receiptEvents(receipt: OpenReceipt, { constants }: Mapping): RawEvent[] {
  const kinds = lineKinds.filter((kind) => receipt.goods[kind].length > 0);
  return kinds.flatMap((kind, index) => {
    const number = index === 0 ? receipt.name.receipt : `${receipt.name.receipt}~${kind}`;
    return partsOf(receipt.goods[kind], writer(receipt, kind, number, constants));
  });
}

type Write = (lines: GoodsLine[], part: number) => RawEvent;

/** Fills part after part; depends on the receipt's own lines alone, so a second import cuts it the same way. */
function partsOf(goods: readonly SizedLine[], write: Write): RawEvent[] {
  const room = PART_BYTES - utf8Length(JSON.stringify(write([], 1_000)));
  const parts: GoodsLine[][] = [];
  let left = 0;
  for (const { line, bytes } of goods) {
    if (bytes > left) {
      parts.push([]);
      left = room;
    }
    parts.at(-1)?.push(line);
    left -= bytes;
  }
  return parts.map((lines, index) => write(lines, index + 1));
}

function writer(
  { name, occurredAt, facts }: OpenReceipt,
  kind: LineKind,
  number: string,
  { channel, currency }: Mapping['constants'],
): Write {
  const { member, card, phone, email, wechat, device } = facts;
  const ids = told({ member, card, phone, email, wechat, device });
  const frame = { occurredAt, ...(Object.keys(ids).length === 0 ? {} : { ids }) };
  const { terminal } = name;
  const head = {
    store: name.store,
    receipt: number,
    ...told({ terminal, currency, channel: facts.channel ?? channel }),
  };
  return (lines, part) => {
    const data = { ...head, ...(part === 1 ? {} : { part }) };
    if (kind === 'sale') return { type: 'sale.recorded', ...frame, data: { ...data, lines } };
    if (kind === 'return')
      return { type: 'return.recorded', ...frame, data: { ...data, ...soldOn(name, facts), lines } };
    return { type: 'adjustment.recorded', ...frame, data: { ...data, kind, lines } };
  };
}

function soldOn(name: ReceiptName, { saleStore, saleTerminal, saleReceipt }: ReceiptFacts) {
  if (saleReceipt === undefined) return {};
  const terminal = saleTerminal ?? name.terminal;
  return { sale: { store: saleStore ?? name.store, ...told({ terminal }), receipt: saleReceipt } };
}

type Told<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The same without what is undefined. */
const told = <T extends object>(values: T): Told<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Told<T>;
