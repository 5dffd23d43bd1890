import type { AcceptedEvent, EventOf } from '../events/event.ts';
import { receiptKey } from '../events/receipt.ts';

/** One part of a sale, and whose record it went to. */
export interface SoldPart<Event = EventOf<'sale.recorded'>> {
  readonly subject: string;
  readonly event: Event;
}

/** The receipt as it should have been, and who told so. */
export type Correction = SoldPart<EventOf<'receipt.corrected'>>;

/** What is known of one sale: its parts, as far as they came, what corrects, returns and voids it. In any order. */
export interface SaleCase {
  readonly sold: readonly SoldPart[];
  readonly corrections: readonly Correction[];
  readonly returns: readonly EventOf<'return.recorded'>[];
  readonly voids: readonly EventOf<'sale.voided'>[];
}

/** Where a sale was written. */
export interface SaleHead {
  readonly store: string;
  readonly terminal: string;
  readonly receipt: string;
}

/** The first part's name names the whole sale. */
const saleName = ({ store, terminal, receipt }: SaleHead) =>
  receiptKey({ store, terminal, receipt, part: 1 });

/** The sale that a return names; undefined for all other events. */
export const namedSale = (event: AcceptedEvent): string | undefined =>
  event.type === 'return.recorded' && event.data.sale !== undefined ? saleName(event.data.sale) : undefined;

/** The sale whose case this event belongs to: told, corrected, returned or voided by it. */
export function saleOf(event: AcceptedEvent): string | undefined {
  const head = headOf(event);
  return head === undefined ? undefined : saleName(head);
}

/** The head of that sale. */
export function headOf(event: AcceptedEvent): SaleHead | undefined {
  switch (event.type) {
    case 'sale.recorded':
    case 'receipt.corrected':
    case 'sale.voided':
      return event.data;
    case 'return.recorded':
      return event.data.sale;
    default:
      return undefined;
  }
}

/** Events that cannot be folded without looking at what is known of their sale. */
export const hangsOnSale = (event: AcceptedEvent): boolean =>
  event.type === 'sale.recorded' ? event.data.part !== 1 : saleOf(event) !== undefined;

export const noCase: SaleCase = { sold: [], corrections: [], returns: [], voids: [] };

/** What is known of the sale once this event is known too. */
export function withEvent(known: SaleCase, subject: string, event: AcceptedEvent): SaleCase {
  if (event.type === 'sale.recorded') return { ...known, sold: [...known.sold, { subject, event }] };
  if (event.type === 'receipt.corrected')
    return { ...known, corrections: [...known.corrections, { subject, event }] };
  if (event.type === 'return.recorded') return { ...known, returns: [...known.returns, event] };
  if (event.type === 'sale.voided') return { ...known, voids: [...known.voids, event] };
  return known;
}
