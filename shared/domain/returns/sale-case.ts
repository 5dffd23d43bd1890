import type { AcceptedEvent, EventOf } from '../events/event.ts';
import { receiptKey } from '../events/receipt.ts';

/** One part of a sale, and whose record it went to. */
export interface SoldPart {
  readonly subject: string;
  readonly event: EventOf<'sale.recorded'>;
}

/** What is known of one sale: its parts, as far as they came, the returns and voids that name it. In any order. */
export interface SaleCase {
  readonly sold: readonly SoldPart[];
  readonly returns: readonly EventOf<'return.recorded'>[];
  readonly voids: readonly EventOf<'sale.voided'>[];
}

/** The first part's name names the whole sale. */
const saleName = (of: { readonly store: string; readonly terminal: string; readonly receipt: string }) =>
  receiptKey({ store: of.store, terminal: of.terminal, receipt: of.receipt, part: 1 });

/** The sale that a return names; undefined for all other events, and where a receipt names itself. */
export function namedSale(event: AcceptedEvent): string | undefined {
  if (event.type !== 'return.recorded' || event.data.sale === undefined) return undefined;
  const name = saleName(event.data.sale);
  return event.keys.includes(name) ? undefined : name;
}

/** The sale whose case this event belongs to: sold by it, returned or voided. */
export const saleOf = (event: AcceptedEvent): string | undefined =>
  event.type === 'sale.recorded' || event.type === 'sale.voided' ? saleName(event.data) : namedSale(event);

/** Events that cannot be folded without looking at what is known of their sale. */
export const hangsOnSale = (event: AcceptedEvent): boolean =>
  event.type === 'sale.recorded' ? event.data.part !== 1 : saleOf(event) !== undefined;

export const noCase: SaleCase = { sold: [], returns: [], voids: [] };

/** What is known of the sale once this event is known too. */
export function withEvent(known: SaleCase, subject: string, event: AcceptedEvent): SaleCase {
  if (event.type === 'sale.recorded') return { ...known, sold: [...known.sold, { subject, event }] };
  if (event.type === 'return.recorded') return { ...known, returns: [...known.returns, event] };
  if (event.type === 'sale.voided') return { ...known, voids: [...known.voids, event] };
  return known;
}
