import type { Day } from '../kernel/day.ts';
import type { RollEntry } from './till-roll.ts';

/** Minor units, and receipts each counted once. */
export interface DayTotals {
  readonly receipts: number;
  readonly sales: number;
  readonly returns: number;
}

/** What one close of a till says. */
export interface Close extends DayTotals {
  readonly first?: number;
  readonly last?: number;
  /** Told anew so many times; the highest counts. */
  readonly revision?: number;
}

const revisionOf = ({ revision = 0 }: Close): number => revision;

/** The closes of a day by shift, once these are known too. Of two of one revision the first to come stays. */
export function withCloses(
  shifts: Readonly<Record<string, Close>>,
  told: readonly { readonly shift: string; readonly close: Close }[],
): Readonly<Record<string, Close>> {
  const news = new Map<string, Close>();
  for (const { shift, close } of told) {
    const known = news.get(shift) ?? shifts[shift];
    if (known === undefined || revisionOf(known) < revisionOf(close)) news.set(shift, close);
  }
  return news.size === 0 ? shifts : { ...shifts, ...Object.fromEntries(news) };
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What the closes of a till and day say, beside what came of it. */
export interface Comparison {
  readonly told: DayTotals;
  readonly kept: DayTotals;
  /** Numbers between first and last that never came, as far as there is room to name them. */
  readonly missing: readonly Range[];
  readonly missingCount: number;
}

/** The roll of one till, by day: the day in question, and those beside it. */
export type Roll = ReadonlyMap<Day, readonly RollEntry[]>;

const MOST_RANGES = 20;

/**
 * Compares. Where the closes say their first and last number, numbered receipts belong to them by number, whatever
 * day their clock says; all others belong to the day.
 */
export function compare(closes: readonly Close[], day: Day, roll: Roll): Comparison {
  const spans = closes.flatMap(({ first, last }) =>
    first === undefined || last === undefined ? [] : [{ from: first, to: last }],
  );
  const isByNumber = spans.length > 0 && spans.length === closes.length;
  const belongs = ({ sequence }: RollEntry, on: Day): boolean =>
    isByNumber && sequence !== undefined ? isWithin(sequence, spans) : on === day;
  const own = [...roll].flatMap(([on, entries]) => entries.filter((entry) => belongs(entry, on)));
  const numbers = [...roll.values()].flatMap((entries) => entries.flatMap(({ sequence }) => sequence ?? []));
  const missing = numbers.length === 0 ? [] : holesIn(spans, numbers);
  return {
    told: closes.reduce(addTotals, noTotals),
    kept: totalsOf(own),
    missing: missing.slice(0, MOST_RANGES),
    missingCount: missing.reduce((sum, { from, to }) => sum + to - from + 1, 0),
  };
}

export const isReconciled = ({ told, kept, missingCount }: Comparison): boolean =>
  missingCount === 0 &&
  told.receipts === kept.receipts &&
  told.sales === kept.sales &&
  told.returns === kept.returns;

const noTotals: DayTotals = { receipts: 0, sales: 0, returns: 0 };

const addTotals = (a: DayTotals, b: DayTotals): DayTotals => ({
  receipts: a.receipts + b.receipts,
  sales: a.sales + b.sales,
  returns: a.returns + b.returns,
});

const isWithin = (sequence: number, spans: readonly Range[]): boolean =>
  spans.some(({ from, to }) => from <= sequence && sequence <= to);

/** What came twice counts once; a receipt that was voided in the same span counts in nothing, a corrected one as corrected. */
function totalsOf(entries: readonly RollEntry[]): DayTotals {
  const once = new Map<string, RollEntry>();
  for (const entry of entries) {
    const name = JSON.stringify([entry.kind, entry.receipt, entry.part]);
    const known = once.get(name);
    // Two contents under one name pass the door only in the same moment; one of them has to be taken.
    if (known === undefined || known.amount < entry.amount) once.set(name, entry);
  }
  const all = [...once.values()];
  const ofKind = (wanted: RollEntry['kind']) => all.filter(({ kind }) => kind === wanted);
  const voided = new Set(ofKind('void').map(({ receipt }) => receipt));
  const corrected = latestOf(ofKind('correction'));
  const standing = (kind: RollEntry['kind']) => ofKind(kind).filter(({ receipt }) => !voided.has(receipt));
  const [sales, returns] = [standing('sale'), standing('return')];
  const asTold = sales.filter(({ receipt }) => !corrected.has(receipt));
  const restated = [...new Set(sales.map(({ receipt }) => receipt))].flatMap(
    (receipt) => corrected.get(receipt) ?? [],
  );
  return {
    // The two halves of an exchange are one receipt.
    receipts: new Set([...sales, ...returns].map(({ receipt }) => receipt)).size,
    sales: amountOf(asTold) + amountOf(restated),
    returns: amountOf(returns),
  };
}

/** By receipt, its correction of the highest revision: it stands for the whole sale. */
const latestOf = (corrections: readonly RollEntry[]): ReadonlyMap<string, RollEntry> =>
  new Map(corrections.toSorted((a, b) => a.part - b.part).map((entry) => [entry.receipt, entry]));

const amountOf = (entries: readonly RollEntry[]): number =>
  entries.reduce((sum, { amount }) => sum + amount, 0);

function holesIn(spans: readonly Range[], numbers: readonly number[]): Range[] {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  return spans
    .toSorted((a, b) => a.from - b.from)
    .flatMap(({ from, to }) => {
      const holes: Range[] = [];
      let next = from;
      for (const number of sorted) {
        if (number < next || number > to) continue;
        if (number > next) holes.push({ from: next, to: number - 1 });
        next = number + 1;
      }
      return next <= to ? [...holes, { from: next, to }] : holes;
    });
}
