import { lineReader, type ReceiptName } from '../../domain/import/line-reader.ts';
import type { Mapping } from '../../domain/import/mapping.ts';
import { addLine, type OpenReceipt, openReceipt } from '../../domain/import/open-receipt.ts';
import type { RawEvent } from '../../domain/import/raw-event.ts';
import { receiptEvents } from '../../domain/import/receipt-events.ts';
import type { ReceiptSource, SourceLine } from '../../domain/import/source.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';

export interface FoundReceipt {
  readonly kind: 'receipt';
  /** Its first line's number in the file. */
  readonly line: number;
  /** How many lines it has. */
  readonly lines: number;
  readonly events: readonly RawEvent[];
}

export interface Refusal {
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

/** Every line of the file is in exactly one of these; `lines` counts them. */
export type Found = FoundReceipt | (Refusal & { readonly kind: 'refused'; readonly lines: number });

/** How long receipts are held in mind. */
export const MEMORY = {
  /** A receipt is complete when lines of so many others were seen since its own last one. */
  patience: 5_000,
  /** So many complete ones are remembered; a line that comes later still, ingest refuses as a conflict. */
  closed: 100_000,
};

/**
 * Makes receipts of lines, in memory that the file's length does not touch. A line that cannot be read is
 * refused, and with it its whole receipt: books with half a receipt would be wrong without a sign.
 * Throws InvalidInput `missing-column` or `doubled-column` before it takes the first line.
 */
export async function* receiptsFrom(
  source: ReceiptSource,
  mapping: Mapping,
  memory = MEMORY,
): AsyncGenerator<Found> {
  const desk = sortingDesk(source.columns, mapping, memory);
  for await (const line of source.lines) {
    const refused = desk.take(line);
    if (refused !== undefined) yield refused;
    if (desk.size() > memory.patience) yield* desk.closeOldest();
  }
  while (desk.size() > 0) yield* desk.closeOldest();
}

interface Lot {
  readonly receipt: OpenReceipt;
  /** The number of the first line that could not be read. */
  fault?: number;
}

/** Where the lines of several receipts lie sorted until each is complete. */
function sortingDesk(columns: readonly string[], mapping: Mapping, memory: typeof MEMORY) {
  const reader = lineReader(columns, mapping);
  /** The lot that got a line last stands last. */
  const open = new Map<string, Lot>();
  const closed = new Set<string>();

  const lotOf = (name: ReceiptName, line: number): Lot => {
    const key = [name.store, name.terminal, name.receipt].join('\n');
    if (closed.has(key)) throw scattered(name, memory.patience);
    const lot = open.get(key) ?? { receipt: openReceipt(name, line) };
    open.delete(key);
    open.set(key, lot);
    return lot;
  };

  return {
    size: () => open.size,

    /** The refusal, where the line cannot be taken. */
    take(line: SourceLine): Found | undefined {
      const torn = line.fields.length === columns.length ? undefined : tornLine(line, columns.length);
      let lot: Lot | undefined;
      try {
        const name = reader.nameOf(line.fields);
        lot = lotOf(name, line.number);
        if (torn !== undefined) throw torn;
        addLine(lot.receipt, reader.read(line.fields, name));
        return undefined;
      } catch (error) {
        if (!(error instanceof InvalidInput)) throw error;
        if (lot !== undefined) lot.fault ??= line.number;
        const { code, message } = torn ?? error;
        return { kind: 'refused', line: line.number, lines: 1, code, message };
      }
    },

    closeOldest(): Found[] {
      for (const [key, lot] of open) {
        open.delete(key);
        closed.add(key);
        for (const eldest of closed) {
          if (closed.size <= memory.closed) break;
          closed.delete(eldest);
        }
        return lot.receipt.lines === 0 ? [] : [complete(lot, mapping)];
      }
      return [];
    },
  };
}

function complete({ receipt, fault }: Lot, mapping: Mapping): Found {
  const { firstLine: line, lines, name } = receipt;
  if (fault === undefined) return { kind: 'receipt', line, lines, events: receiptEvents(receipt, mapping) };
  return {
    kind: 'refused',
    line,
    lines,
    code: 'receipt-incomplete',
    message: `receipt: ${name.receipt} is left out whole, because its line ${fault} was refused; mend that line and import again`,
  };
}

const scattered = ({ receipt }: ReceiptName, patience: number): InvalidInput =>
  new InvalidInput(
    'receipt-scattered',
    'receipt',
    `receipt: ${receipt} was complete, as ${patience} other receipts came since its last line; sort the file by receipt`,
  );

const tornLine = ({ fields }: SourceLine, expected: number): InvalidInput =>
  new InvalidInput(
    'wrong-columns',
    '',
    `the line has ${fields.length} columns and the header ${expected}; is a text with the delimiter in it without quotes?`,
  );
