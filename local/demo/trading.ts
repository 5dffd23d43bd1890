import type { RawEvent } from '../../shared/domain/import/raw-event.ts';
import type { Day } from '../../shared/domain/kernel/day.ts';
import { groupBy } from '../../shared/domain/kernel/groups.ts';
import { type BasketLine, totalOf } from './baskets.ts';
import { after, atMinute, daysOf, isoOf, type Year } from './calendar.ts';
import { openingHours } from './demand.ts';
import { type Happened, inOrder } from './happened.ts';
import type { Purchase } from './purchases.ts';
import type { Random } from './random.ts';
import { type Shop, shops, WEB } from './shops.ts';

/** Store, terminal and number of a receipt; a type, so that it fits the open objects of events. */
type ReceiptName = { readonly store: string; readonly terminal: string; readonly receipt: string };

/** Somebody brings goods back to a store. */
interface TakenBack {
  readonly kind: 'taken-back';
  readonly day: Day;
  readonly at: number;
  readonly shop: Shop;
  readonly ids: RawEvent['ids'];
  readonly lines: readonly BasketLine[];
  /** Where the customer kept the receipt. */
  readonly sale: ReceiptName | undefined;
}

const RETURN_SHARE = { store: 0.04, web: 0.08 };
const KEPT_RECEIPT = 0.7;
const REASONS = ['size', 'damaged', 'gift', 'not-as-expected'];
const TENDERS = ['card', 'card', 'card', 'cash'];

/** Lets every purchase pass a till, in the order of time, so that receipt numbers rise; some goods come back. */
export function trade(purchases: readonly Purchase[], year: Year, random: Random): Happened[] {
  const deals = groupBy<Purchase | TakenBack, Day>(purchases, ({ day }) => day);
  const next = receiptNumbers(random.fork('tills'));
  const happened: Happened[] = [];
  for (const day of daysOf(year)) {
    for (const deal of inOrder(deals.get(day) ?? [])) {
      const name = next(deal.shop);
      happened.push({ at: deal.at, event: receiptOf(deal, name, random) });
      const back = deal.kind === 'purchase' ? comesBack(deal, name, random) : undefined;
      if (back !== undefined) deals.set(back.day, [...(deals.get(back.day) ?? []), back]);
    }
  }
  return happened;
}

/** Numbers of each till, as of a machine that was in use before. */
function receiptNumbers(random: Random): (shop: Shop | undefined) => ReceiptName {
  const last = new Map<string, number>();
  return (shop) => {
    const store = shop?.id ?? WEB;
    const terminal = shop === undefined ? 'shop' : `till-${random.whole(1, shop.tills)}`;
    const number = (last.get(`${store}/${terminal}`) ?? 1_000 * random.whole(10, 80)) + 1;
    last.set(`${store}/${terminal}`, number);
    return { store, terminal, receipt: String(number).padStart(6, '0') };
  };
}

function receiptOf(deal: Purchase | TakenBack, name: ReceiptName, random: Random): RawEvent {
  const frame = { occurredAt: isoOf(deal.at), ...(deal.ids === undefined ? {} : { ids: deal.ids }) };
  const lines = [...deal.lines];
  const channel = deal.shop === undefined ? ('web' as const) : ('store' as const);
  const data = { ...name, channel, lines };
  if (deal.kind === 'purchase') {
    const tender = [
      { kind: deal.shop === undefined ? 'card' : random.pick(TENDERS), amount: totalOf(lines) },
    ];
    return { type: 'sale.recorded', ...frame, data: { ...data, tender } };
  }
  const sale = deal.sale === undefined ? {} : { sale: deal.sale };
  return { type: 'return.recorded', ...frame, data: { ...data, ...sale, reason: random.pick(REASONS) } };
}

/** One line of the purchase, some days later, at the store it came from; from the web, at any. */
function comesBack(purchase: Purchase, name: ReceiptName, random: Random): TakenBack | undefined {
  const { shop: bought, ids, lines } = purchase;
  if (!random.chance(bought === undefined ? RETURN_SHARE.web : RETURN_SHARE.store)) return undefined;
  const day = after(purchase.day, random.whole(2, 24));
  const shop = bought ?? random.weighted(shops, ({ weight }) => weight);
  const open = openingHours(shop, day);
  // Who stands before a closed door keeps it.
  if (open === undefined) return undefined;
  const kept = random.chance(KEPT_RECEIPT);
  return {
    kind: 'taken-back',
    day,
    at: atMinute(day, random.between(open.from, open.to - 1)),
    shop,
    ids,
    lines: [random.pick(lines)],
    sale: kept ? name : undefined,
  };
}
