import type { AcceptedEvent, EventOf } from '../events/event.ts';
import { type ReceiptHead, receiptKey } from '../events/receipt.ts';

/** One part of a receipt, and whose record it went to. */
export interface SoldPart<Event = EventOf<'sale.recorded'>> {
  readonly subject: string;
  readonly event: Event;
}

/** The receipt as it should have been, and who told so. */
export type Correction = SoldPart<EventOf<'receipt.corrected'>>;

/** What came back, and who brought it. */
export type Refund = SoldPart<EventOf<'return.recorded'>>;

/**
 * What is known of one receipt, in any order: what was sold on it, as far as it came, and what corrects, returns and
 * voids that.
 */
export interface SaleCase {
  readonly sold: readonly SoldPart[];
  readonly corrections: readonly Correction[];
  /** Of what was sold here, each under a number of its own. */
  readonly returns: readonly EventOf<'return.recorded'>[];
  /** Written under this very number: a receipt may be a return, or an exchange and so both. */
  readonly refunds: readonly Refund[];
  /** Of this receipt. */
  readonly voids: readonly EventOf<'sale.voided'>[];
  /** Of the receipts of its returns. */
  readonly returnVoids: readonly EventOf<'sale.voided'>[];
}

/** Where a receipt was written. */
export type SaleHead = Pick<ReceiptHead, 'store' | 'terminal' | 'receipt'>;

/** The first part's name names the whole receipt. */
export const receiptName = ({ store, terminal, receipt }: SaleHead): string =>
  receiptKey({ store, terminal, receipt, part: 1 });

/** The sale that a return names; undefined for all other events. */
export const namedSale = (event: AcceptedEvent): string | undefined =>
  event.type === 'return.recorded' && event.data.sale !== undefined
    ? receiptName(event.data.sale)
    : undefined;

/** The receipt that it was written on, or is about. */
export function receiptOf(event: AcceptedEvent): string | undefined {
  switch (event.type) {
    case 'sale.recorded':
    case 'receipt.corrected':
    case 'sale.voided':
    case 'return.recorded':
      return receiptName(event.data);
    default:
      return undefined;
  }
}

/** The sale that it tells, corrects, returns or voids. */
export const saleOf = (event: AcceptedEvent): string | undefined =>
  event.type === 'return.recorded' ? namedSale(event) : receiptOf(event);

/** The receipts whose cases it belongs to as it stands: a return to its sale's, and to that of its own number. */
export const casesOf = (event: AcceptedEvent): readonly string[] => [
  ...new Set([saleOf(event), receiptOf(event)].flatMap((name) => name ?? [])),
];

/** Events that cannot be folded without looking at what is known of their receipts. */
export function hangsOnSale(event: AcceptedEvent): boolean {
  switch (event.type) {
    case 'sale.recorded':
      return event.data.part !== 1;
    case 'return.recorded':
      // What an exchange takes has the plain name of its receipt.
      return event.data.part !== 1 || event.data.exchange === true || event.data.sale !== undefined;
    default:
      return receiptOf(event) !== undefined;
  }
}

export const noCase: SaleCase = {
  sold: [],
  corrections: [],
  returns: [],
  refunds: [],
  voids: [],
  returnVoids: [],
};

/** Where the receipt of a case was written; undefined where nothing is known of it. */
export function headOf({ sold, corrections, returns, voids }: SaleCase): SaleHead | undefined {
  const [told] = [...sold, ...corrections];
  return told?.event.data ?? returns[0]?.data.sale ?? voids[0]?.data;
}
