import { type Aggregate, combine, nobody } from '../customers/aggregate.ts';
import { negated } from '../customers/difference.ts';
import { noHistory } from '../customers/history.ts';
import { goodsOf } from '../customers/measure.ts';
import type { EventOf } from '../events/event.ts';
import type { Minor } from '../kernel/money.ts';
import { allot, allotAll, allotMoney, type Excess, type Lot, lotOf, type Undone } from './allot.ts';
import { effectiveSale, type Standing, sellersOf, tracesOf } from './effective.ts';
import { exceptionOf, paidBack, type SaleException } from './exceptions.ts';
import { receiptName, type SaleCase } from './sale-case.ts';

type Return = EventOf<'return.recorded'>;

export interface Settled {
  /** What corrections, returns and voids change of the sale, by the record that it is added to. */
  readonly undone: ReadonlyMap<string, Aggregate>;
  /** What waits for its sale and counts against the stores of the returns until then. */
  readonly waiting: Aggregate;
  readonly exception: SaleException | undefined;
}

/**
 * What the returns of one sale undo, and of whom. Hangs on what is known and not on the order in which it came:
 * parts are sorted by their number, returns by when they happened.
 */
export function settle(known: SaleCase): Settled {
  const { sold, corrections, refunds, voids } = known;
  if (sold.length + corrections.length > 0) return settleWith(known);
  const undone = addedUp(undoneRefunds(known));
  const inTurn = standingReturns(known).toSorted(byTime);
  if (inTurn.length === 0) {
    const inVain = refunds.length > 0 ? [] : voids.toSorted(byTime);
    const exception = exceptionOf(
      'void-without-sale',
      inVain.map((event) => ({ event, claim: {} })),
    );
    return { undone, waiting: nobody, exception };
  }
  return {
    undone,
    waiting: inTurn.map(goodsOf).reduce(combine),
    exception: exceptionOf(
      'return-without-sale',
      inTurn.map((event) => ({ event, claim: { amount: paidBack(event.data) } })),
    ),
  };
}

interface Timed {
  readonly occurredAt: string;
  readonly id: string;
}

const byTime = (a: Timed, b: Timed): number =>
  a.occurredAt === b.occurredAt ? compare(a.id, b.id) : compare(a.occurredAt, b.occurredAt);

const compare = (a: string, b: string): number => (a < b ? -1 : 1);

const standingReturns = ({ returns, returnVoids }: SaleCase): readonly Return[] => {
  const voided = new Set(returnVoids.map(({ data }) => receiptName(data)));
  return returns.filter(({ data }) => !voided.has(receiptName(data)));
};

function settleWith(known: SaleCase): Settled {
  // Of a voided sale nothing is left that could come back.
  const standing = known.voids.length > 0 ? [] : effectiveSale(known);
  const { entries, excess } = returned(known, standing);
  const undone = addedUp([...restated(known, standing), ...entries, ...undoneRefunds(known)]);
  return { undone, waiting: nobody, exception: exceptionOf('over-return', excess) };
}

/** What is added to a record. */
type Entry = readonly [subject: string, some: Aggregate];

function addedUp(entries: readonly Entry[]): ReadonlyMap<string, Aggregate> {
  const sums = new Map<string, Aggregate>();
  for (const [subject, some] of entries) sums.set(subject, combine(sums.get(subject) ?? nobody, some));
  return sums;
}

/** Those that name a sale are undone where they count: with it. */
const undoneRefunds = ({ refunds, voids }: SaleCase): readonly Entry[] =>
  refunds
    .filter(({ event }) => voids.length > 0 && event.data.sale === undefined)
    .map(({ subject, event }): Entry => [subject, negated(goodsOf(event))]);

/** What its corrections and voids make of the sale as it was told. */
function restated(known: SaleCase, standing: readonly Standing[]): readonly Entry[] {
  const { sold, corrections, voids } = known;
  if (corrections.length === 0 && voids.length === 0) return [];
  return [
    ...sold.map(({ subject, event }): Entry => [subject, negated(goodsOf(event))]),
    ...standing.map(({ subject, event }): Entry => [subject, goodsOf(event)]),
    ...tracesOf(known),
  ];
}

function returned(known: SaleCase, standing: readonly Standing[]) {
  const sellers = sellersOf(known);
  const lots = standing.flatMap(lotsOf);
  const entries: Entry[] = [];
  const excess: { readonly event: Return; readonly claim: Excess }[] = [];
  const inTurn = standingReturns(known).toSorted(byTime);
  // They leave their days with everybody who sold, so that the days of a record do not hang on who came first.
  for (const event of known.returns)
    entries.push(...sellers.map((subject): Entry => [subject, dayOf(event, 0)]));
  const take = (event: Return, { undone, excess: beyond }: Allotment): void => {
    entries.push(...undone.map((one): Entry => [one.place.subject, undoing(event, one)]));
    if (beyond !== undefined) excess.push({ event, claim: beyond });
  };
  for (const event of inTurn) {
    for (const allotted of allotments(lots, event)) take(event, allotted);
  }
  // Money without goods comes out of what the goods leave, so that a line that comes back has its own money still.
  for (const event of inTurn) {
    const { whole, amount } = event.data;
    if (whole === undefined && amount !== undefined) take(event, allotMoney(lots, amount));
  }
  return { entries, excess };
}

type Allotment = ReturnType<typeof allotAll<Standing>>;

const allotments = (lots: readonly Lot<Standing>[], { data: { lines, whole, amount } }: Return) =>
  whole === true ? [allotAll(lots, amount)] : lines.map((line) => allot(lots, line));

const lotsOf = (part: Standing): Lot<Standing>[] => part.event.data.lines.map((line) => lotOf(part, line));

const dayOf = ({ day }: Return, returns: Minor): Aggregate => ({
  ...nobody,
  history: { ...noHistory, days: [{ day, orders: 0, sales: 0, returns }] },
});

/** The return counts on its own day, against the store, channel and category that sold the goods. */
function undoing(returned: Return, { place, category, units, paid, discount }: Undone<Standing>): Aggregate {
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
