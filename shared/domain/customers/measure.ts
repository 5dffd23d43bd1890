import type { AcceptedEvent, EventOf } from '../events/event.ts';
import { current } from '../events/read-event.ts';
import { type Line, paidFor } from '../events/receipt.ts';
import { groupBy } from '../kernel/groups.ts';
import { lineAmount } from '../kernel/money.ts';
import { unreachable } from '../kernel/unreachable.ts';
import { namedSale } from '../returns/sale-case.ts';
import { type Aggregate, combine, nobody, type Share, type Stamped } from './aggregate.ts';
import { browsingOf } from './browsing.ts';
import { isAboutMarketing, objectionIn } from './consent.ts';
import { noHistory } from './history.ts';
import { serviceOf } from './measure-service.ts';
import { sightingsOf } from './sightings.ts';
import { oneSignal } from './signals.ts';

/** The aggregate of one event alone: folding is measuring and adding up. */
export function measure(told: AcceptedEvent): Aggregate {
  const event = current(told);
  const own = ofHappening(event);
  return {
    ...own,
    links: sightingsOf(event),
    firstSeen: event.occurredAt,
    lastSeen: event.occurredAt,
  };
}

/** Adds events to what is there. The caller has removed those that were counted before. */
export const fold = (state: Aggregate, events: readonly AcceptedEvent[]): Aggregate =>
  events.reduce((sum, event) => combine(sum, measure(event)), state);

function ofHappening(event: AcceptedEvent): Aggregate {
  switch (event.type) {
    case 'sale.recorded':
      return { ...goodsOf(event), facts: counted(event), boughtAt: event.occurredAt };
    case 'return.recorded':
      // What it undoes of the sale it names is settled with that sale, and maybe in another record.
      return { ...(namedSale(event) === undefined ? goodsOf(event) : nobody), facts: counted(event) };
    case 'receipt.corrected':
    case 'sale.voided':
    case 'till.closed':
      return { ...nobody, facts: counted(event) };
    case 'adjustment.recorded':
      return { ...nobody, facts: counted(event), adjustments: sumOf(event.data.lines, adjusted) };
    case 'member.enrolled':
      return { ...nobody, facts: counted(event), enrolledAt: event.occurredAt, traits: traitsOf(event) };
    case 'member.updated':
      return { ...nobody, facts: counted(event), traits: traitsOf(event) };
    case 'consent.changed':
      return {
        ...nobody,
        facts: counted(event),
        consent: isAboutMarketing(event)
          ? { [event.data.channel]: { status: event.data.status, at: event.occurredAt } }
          : {},
      };
    case 'review.written':
    case 'survey.answered':
    case 'ticket.opened':
    case 'ticket.closed':
    case 'complaint.recorded':
    case 'callback.made':
      return { ...nobody, facts: counted(event), ...serviceOf(event) };
    case 'household.changed': {
      const { household, status } = event.data;
      const households = { [household]: { at: event.occurredAt, status } };
      return { ...nobody, facts: counted(event), households };
    }
    case 'referral.recorded': {
      const { related: by, occurredAt: at } = event;
      return { ...nobody, facts: counted(event), ...(by === undefined ? {} : { referredBy: { by, at } }) };
    }
    case 'coupon.redeemed':
      return { ...nobody, facts: counted(event) };
    case 'message.stopped':
      return { ...nobody, facts: counted(event), consent: objectionIn(event) };
    case 'stock.low':
      return nobody;
    case 'message.feedback':
      return {
        ...nobody,
        signals: oneSignal(`message.${event.data.kind}`, event.id, event.occurredAt),
      };
    case 'product.viewed':
    case 'product.added':
    case 'cart.viewed':
    case 'checkout.started':
    case 'products.searched':
      return {
        ...nobody,
        signals: oneSignal(event.type, event.id, event.occurredAt, browsingOf(event)),
      };
    case 'page.viewed':
    case 'coupon.shown':
    case 'action.taken':
      return { ...nobody, signals: oneSignal(event.type, event.id, event.occurredAt) };
    default:
      return unreachable(event);
  }
}

const sumOf = <T>(items: readonly T[], amount: (item: T) => number): number =>
  items.reduce((sum, item) => sum + amount(item), 0);

const adjusted = ({ quantity, unitPrice }: { quantity: number; unitPrice: number }): number =>
  lineAmount(quantity, unitPrice);

/** A receipt in parts is one fact: its first part. */
const counted = ({ type, data }: AcceptedEvent): Aggregate['facts'] =>
  'part' in data && data.part !== 1 ? {} : { [type]: 1 };

type GoodsEvent = EventOf<'sale.recorded' | 'receipt.corrected'> | EventOf<'return.recorded'>;

/** A sale adds goods and money, a return takes them away again; only a sale is an order, and no exchange is. */
export function goodsOf(event: GoodsEvent): Aggregate {
  const { lines, store, channel, part, exchange } = event.data;
  const isSale = event.type !== 'return.recorded';
  const orders = isSale && part === 1 && exchange === undefined ? 1 : 0;
  // Subtracting keeps a return of nothing at 0; multiplying would make it -0.
  const signed = (value: number): number => (isSale ? value : 0 - value);
  // Of a whole sale that came back nobody says which lines.
  const unnamed = isSale ? 0 : (event.data.amount ?? 0);
  const shareOf = (some: readonly Line[]): Share => ({
    orders,
    units: signed(unitsOf(some)),
    net: signed(sumOf(some, paidFor)),
  });
  const own = shareOf(lines);
  const whole = { ...own, net: own.net - unnamed };
  const paid = sumOf(lines, paidFor) + unnamed;
  return {
    ...nobody,
    history: {
      ...noHistory,
      days: [{ day: event.day, orders, sales: isSale ? paid : 0, returns: isSale ? 0 : paid }],
    },
    units: whole.units,
    discounts: signed(sumOf(lines, ({ discount }) => discount)),
    categories: sharesByCategory(lines, shareOf),
    channels: { [channel]: whole },
    stores: { [store]: whole },
    payments: isSale ? paymentsOf(event) : {},
  };
}

function paymentsOf({ data: { tender = [] } }: EventOf<'sale.recorded' | 'receipt.corrected'>) {
  const sums = [...groupBy(tender, ({ kind }) => kind)].map(
    ([kind, own]) => [kind, sumOf(own, ({ amount }) => amount)] as const,
  );
  return Object.fromEntries(sums.filter(([, sum]) => sum !== 0));
}

/** Quantities carry four decimals and are added as whole ten-thousandths. */
const unitsOf = (lines: readonly Line[]): number =>
  sumOf(lines, ({ quantity }) => Math.round(quantity * 10_000)) / 10_000;

const sharesByCategory = (
  lines: readonly Line[],
  shareOf: (some: readonly Line[]) => Share,
): Record<string, Share> =>
  Object.fromEntries(
    [...groupBy(lines, ({ category }) => category)].flatMap(([category, own]) =>
      category === undefined ? [] : [[category, shareOf(own)]],
    ),
  );

type MemberEvent = EventOf<'member.enrolled'> | EventOf<'member.updated'>;

function traitsOf({ data, occurredAt }: MemberEvent): Record<string, Stamped<string>> {
  const { language, homeStore } = data;
  const said = Object.entries({ language, homeStore }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  return Object.fromEntries(said.map(([name, value]) => [name, { value, at: occurredAt }]));
}
