import type { AcceptedEvent } from '../events/event.ts';
import { type Line, paidFor } from '../events/receipt.ts';
import { paidBack } from '../returns/exceptions.ts';
import type { TillEvent } from './store-feed.ts';

/** One line of a till's roll: what has to be known of a receipt to compare the till's close with it. */
export interface RollEntry {
  readonly terminal: string;
  /** `other`: no receipt, but a number of the till's count. */
  readonly kind: 'sale' | 'return' | 'void' | 'correction' | 'other';
  /** Of a void or correction, the receipt that it is about. */
  readonly receipt: string;
  /** Of a correction, its revision. */
  readonly part: number;
  /** Minor units. */
  readonly amount: number;
  readonly sequence?: number;
}

/** As it is kept, since it is paid by its bytes. */
type Row = readonly [
  terminal: string,
  kind: RollEntry['kind'],
  receipt: string,
  part: number,
  amount: number,
  sequence?: number,
];

export const toRow = ({ terminal, kind, receipt, part, amount, sequence }: RollEntry): Row =>
  sequence === undefined
    ? [terminal, kind, receipt, part, amount]
    : [terminal, kind, receipt, part, amount, sequence];

export const fromRow = ([terminal, kind, receipt, part, amount, sequence]: Row): RollEntry => ({
  terminal,
  kind,
  receipt,
  part,
  amount,
  ...(sequence === undefined ? {} : { sequence }),
});

/** The line that an event writes; undefined where it is neither receipt nor numbered. */
export function rollEntryOf({ event, terminal, sequence }: TillEvent): RollEntry | undefined {
  const own = receiptOf(event);
  if (own === undefined && sequence === undefined) return undefined;
  const nothing = { kind: 'other', receipt: '', part: 1, amount: 0 } as const;
  return { terminal, ...(own ?? nothing), ...(sequence === undefined ? {} : { sequence }) };
}

function receiptOf(
  event: AcceptedEvent,
): Pick<RollEntry, 'kind' | 'receipt' | 'part' | 'amount'> | undefined {
  switch (event.type) {
    case 'sale.recorded': {
      const { receipt, part, lines } = event.data;
      return { kind: 'sale', receipt, part, amount: paidForAll(lines) };
    }
    case 'return.recorded': {
      const { receipt, part } = event.data;
      return { kind: 'return', receipt, part, amount: paidBack(event.data) };
    }
    case 'receipt.corrected': {
      const { receipt, revision, lines } = event.data;
      return { kind: 'correction', receipt, part: revision, amount: paidForAll(lines) };
    }
    case 'sale.voided':
      return { kind: 'void', receipt: event.data.receipt, part: 1, amount: 0 };
    default:
      return undefined;
  }
}

const paidForAll = (lines: readonly Line[]): number => lines.reduce((sum, line) => sum + paidFor(line), 0);
