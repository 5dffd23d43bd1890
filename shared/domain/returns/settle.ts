import { type Aggregate, combine, nobody } from '../customers/aggregate.ts';
import { negated } from '../customers/difference.ts';
import { noHistory } from '../customers/history.ts';
import { goodsOf } from '../customers/measure.ts';
import type { EventOf } from '../events/event.ts';
import { paidFor } from '../events/receipt.ts';
import type { Minor } from '../kernel/money.ts';
import { allot, type Excess, type Lot, lotOf, type Undone } from './allot.ts';
import type { SaleCase, SoldPart } from './sale-case.ts';

type Return = EventOf<'return.recorded'>;

/** What a person should look at. It closes by itself when what was missing arrives. */
export type SaleException =
  | {
      readonly kind: 'return-without-sale';
      readonly returns: readonly { readonly id: string; readonly amount: Minor }[];
    }
  | { readonly kind: 'void-without-sale'; readonly voids: readonly string[] }
  | { readonly kind: 'over-return'; readonly excess: readonly (Excess & { readonly id: string })[] };

export interface Settled {
  /** What the returns undo, by the record it is taken from. */
  readonly undone: ReadonlyMap<string, Aggregate>;
  /** What waits for its sale and counts against the stores of the returns until then. */
  readonly waiting: Aggregate;
  readonly exception: SaleException | undefined;
}

/**
 * What the returns of one sale undo, and of whom. Hangs on what is known and not on the order in which it came:
 * parts are sorted by their number, returns by when they happened.
 */
export function settle({ sold, returns, voids }: SaleCase): Settled {
  const inTurn = [...returns].sort(byTime);
  if (sold.length > 0) return settleWith(sold, inTurn, voids.length > 0);
  if (inTurn.length === 0) return { undone: new Map(), waiting: nobody, exception: voidsAlone(voids) };
  return {
    undone: new Map(),
    waiting: inTurn.map(goodsOf).reduce(combine),
    exception: { kind: 'return-without-sale', returns: inTurn.map(amountOf) },
  };
}

const byTime = (a: Return, b: Return): number =>
  a.occurredAt === b.occurredAt ? compare(a.id, b.id) : compare(a.occurredAt, b.occurredAt);

const compare = (a: string, b: string): number => (a < b ? -1 : 1);

const amountOf = ({ id, data }: Return) => ({
  id,
  amount: data.lines.reduce((sum, line) => sum + paidFor(line), 0),
});

const voidsAlone = (voids: SaleCase['voids']): SaleException | undefined =>
  voids.length === 0 ? undefined : { kind: 'void-without-sale', voids: voids.map(({ id }) => id).sort() };

function settleWith(sold: readonly SoldPart[], returns: readonly Return[], isVoided: boolean): Settled {
  const parts = [...sold].sort((a, b) => a.event.data.part - b.event.data.part);
  // Of a voided sale nothing is left that could come back.
  const lots = isVoided ? [] : parts.flatMap(lotsOf);
  const undone = new Map<string, Aggregate>();
  const excess: (Excess & { id: string })[] = [];
  const add = (subject: string, some: Aggregate): void => {
    undone.set(subject, combine(undone.get(subject) ?? nobody, some));
  };
  if (isVoided) for (const { subject, event } of parts) add(subject, negated(goodsOf(event)));
  // Each return leaves its day with everybody who sold, so that the days of a record do not hang on who came first.
  const subjects = new Set(parts.map(({ subject }) => subject));
  for (const returned of returns) for (const subject of subjects) add(subject, dayOf(returned, 0));
  for (const [returned, line] of returns.flatMap((one) => one.data.lines.map((own) => [one, own] as const))) {
    const allotted = allot(lots, line);
    for (const one of allotted.undone) add(one.place.subject, undoing(returned, one));
    if (allotted.excess !== undefined) excess.push({ id: returned.id, ...allotted.excess });
  }
  const exception: SaleException | undefined =
    excess.length === 0 ? undefined : { kind: 'over-return', excess };
  return { undone, waiting: nobody, exception };
}

const lotsOf = (part: SoldPart): Lot<SoldPart>[] => part.event.data.lines.map((line) => lotOf(part, line));

const dayOf = ({ day }: Return, returns: Minor): Aggregate => ({
  ...nobody,
  history: { ...noHistory, days: [{ day, orders: 0, sales: 0, returns }] },
});

/** The return counts on its own day, against the store, channel and category that sold the goods. */
function undoing(returned: Return, { place, category, units, paid, discount }: Undone<SoldPart>): Aggregate {
  const share = { orders: 0, units: 0 - units, net: 0 - paid };
  const { channel, store } = place.event.data;
  return {
    ...dayOf(returned, paid),
    units: 0 - units,
    discounts: 0 - discount,
    categories: category === undefined ? {} : { [category]: share },
    channels: { [channel]: share },
    stores: { [store]: share },
  };
}
