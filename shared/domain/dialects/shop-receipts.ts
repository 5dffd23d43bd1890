import type { Ids } from '../events/event.ts';
import type { RawEvent } from '../import/raw-event.ts';
import { canonicalJson } from '../kernel/canonical.ts';
import { fractionOf } from '../kernel/fraction.ts';
import type { Minor } from '../kernel/money.ts';
import { type Charge, lineOf } from './charges.ts';
import type { ShopContext } from './webhook.ts';

/** Names a shop's orders; its refunds stand beside them, since a receipt number names one thing only. */
export type ShopName = 'shopify' | 'square' | 'woocommerce';

interface Order {
  readonly shop: ShopName;
  readonly receipt: string;
  /** When it was placed. */
  readonly occurredAt: string;
  /** When the shop last changed it. */
  readonly changedAt: string;
  /** Only its sum is known: below whatever tells the lines. */
  readonly isSum?: boolean;
  readonly ids: Ids;
  readonly channel: 'web' | 'store';
  readonly charges: readonly Charge[];
}

const TIES = 1_000;

/**
 * Orders what a shop says of one thing: by the time of the change and, where a shop tells two within one second, by
 * what they say, so that the same one wins whichever arrives first.
 */
const revisionOf = (changedAt: string, said: unknown): number =>
  Date.parse(changedAt) * TIES + Math.floor(fractionOf(canonicalJson(said)) * TIES);

/** Milliseconds, where the others are a thousand times that. */
const lowRevisionOf = (changedAt: string): number => Date.parse(changedAt);

/** The whole order as it is now. It stands for the sale too: shops do not say which message is the first. */
export function orderAsItIs(order: Order, { store, currency }: ShopContext): RawEvent {
  const { shop, receipt, occurredAt, changedAt, ids, channel } = order;
  const lines = order.charges.filter(({ quantity }) => quantity > 0).map(lineOf);
  const revision =
    order.isSum === true
      ? lowRevisionOf(changedAt)
      : revisionOf(changedAt, { occurredAt, ids, channel, lines });
  const data = { store, terminal: shop, receipt, channel, currency, revision, lines };
  return { type: 'receipt.corrected', occurredAt, ids, data };
}

export const orderVoided = (
  { shop, receipt, occurredAt }: Pick<Order, 'shop' | 'receipt' | 'occurredAt'>,
  { store }: ShopContext,
): RawEvent => ({ type: 'sale.voided', occurredAt, data: { store, terminal: shop, receipt } });

interface Refund {
  readonly shop: ShopName;
  readonly refund: string;
  /** Undefined where the money goes back for no order that the shop knows. */
  readonly order: string | undefined;
  readonly occurredAt: string;
  readonly charges: readonly Charge[];
  /** Paid back beside the goods: shipping, goodwill. */
  readonly beside: Minor;
  readonly channel: 'web' | 'store';
}

/** What was paid back. It names the order and nobody, since not every message of a refund says whose it was. */
export function refunded(refund: Refund, { store, currency }: ShopContext): RawEvent[] {
  const { shop, order, occurredAt, channel, beside } = refund;
  if (beside === 0 && refund.charges.length === 0) return [];
  const head = { store, terminal: `${shop}-refunds`, receipt: refund.refund, channel, currency };
  const lines = refund.charges.map(lineOf);
  if (order === undefined) {
    const all = beside === 0 ? lines : [...lines, { sku: 'refund', quantity: 1, unitPrice: beside }];
    return [{ type: 'return.recorded', occurredAt, data: { ...head, lines: all } }];
  }
  const sale = { store, terminal: shop, receipt: order };
  const data = {
    ...head,
    sale,
    ...(lines.length === 0 ? {} : { lines }),
    ...(beside === 0 ? {} : { amount: beside }),
  };
  return [{ type: 'return.recorded', occurredAt, data }];
}
