import type { AcceptedEvent } from '../events/event.ts';
import { lineAmount } from '../kernel/money.ts';
import { unreachable } from '../kernel/unreachable.ts';
import { paidFor, type Line, type ReceiptHead } from '../events/receipt.ts';
import { type Aggregate, combine, nobody, type Share, type Stamped } from './aggregate.ts';
import { noHistory, type PurchaseHistory } from './history.ts';
import { oneSignal } from './signals.ts';

/** The aggregate of one event alone: folding is measuring and adding up. */
export function measure(event: AcceptedEvent): Aggregate {
  const own = ofHappening(event);
  return {
    ...own,
    links: [...(event.linked ?? [])].sort(),
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
      return goods(event, event.data, 1);
    case 'return.recorded':
      return goods(event, event.data, -1);
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
        consent: { [event.data.channel]: { status: event.data.status, at: event.occurredAt } },
      };
    case 'page.viewed':
    case 'product.viewed':
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
const counted = ({ type, data }: AcceptedEvent): Aggregate['facts'] => ({
  [type]: 'part' in data && data.part !== 1 ? 0 : 1,
});

/** A sale adds goods and money, a return takes them away again; only a sale is an order. */
function goods(event: AcceptedEvent, receipt: ReceiptHead & { lines: readonly Line[] }, sign: 1 | -1): Aggregate {
  const orders = sign === 1 && receipt.part === 1 ? 1 : 0;
  const amount = sumOf(receipt.lines, paidFor);
  const units = sumOf(receipt.lines, ({ quantity }) => quantity * 10_000) / 10_000;
  const whole: Share = { orders, units: sign * units, net: sign * amount };
  const byCategory = receipt.lines.map(
    ({ category, ...line }): Aggregate =>
      category === undefined
        ? nobody
        : { ...nobody, categories: { [category]: { orders, units: sign * line.quantity, net: sign * paidFor(line) } } },
  );
  return {
    ...nobody,
    facts: counted(event),
    history: dayOf(event, orders, sign, amount),
    units: whole.units,
    discounts: sign * sumOf(receipt.lines, ({ discount }) => discount),
    categories: byCategory.reduce(combine, nobody).categories,
    channels: { [receipt.channel]: whole },
    stores: { [receipt.store]: whole },
  };
}

const dayOf = ({ day }: AcceptedEvent, orders: number, sign: 1 | -1, amount: number): PurchaseHistory => ({
  ...noHistory,
  days: [{ day, orders, sales: sign === 1 ? amount : 0, returns: sign === 1 ? 0 : amount }],
});

type MemberEvent = Extract<AcceptedEvent, { type: 'member.enrolled' | 'member.updated' }>;

function traitsOf({ data, occurredAt }: MemberEvent): Record<string, Stamped<string>> {
  const { language, homeStore } = data;
  const said = Object.entries({ language, homeStore }).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return Object.fromEntries(said.map(([name, value]) => [name, { value, at: occurredAt }]));
}
