import { keys } from '../../contracts/keys.ts';
import type { Close, Comparison } from '../../domain/feeds/reconcile.ts';
import { fromRow, type RollEntry } from '../../domain/feeds/till-roll.ts';
import { type Day, dayFromIso, daysBefore, isoFromDay } from '../../domain/kernel/day.ts';
import type { Item, Table } from '../../ports/table.ts';
import { everyItemOf } from '../customers/every-item.ts';

/** What a till's closes say of a day, by shift, and what it was compared with last. */
export interface KeptClose {
  readonly shifts: Readonly<Record<string, Close>>;
  readonly comparison?: Comparison;
}

/** A close with the till and day that its key names. */
export interface ClosedDay extends KeptClose {
  readonly day: Day;
  readonly terminal: string;
  readonly version: number;
}

/** Written by reconcile-closes.ts alone, so its shape is known. */
export function closedDayIn({ sk, version, value }: Item): ClosedDay {
  const [, day = ''] = sk.split('#', 2);
  return {
    day: dayFromIso(day),
    terminal: sk.slice(keys.tillClose('', day, '').sk.length),
    version,
    ...(value as unknown as KeptClose),
  };
}

interface Days {
  readonly from: Day;
  readonly to: Day;
}

/** What a store's tills closed on these days, newest first, and from where to go on. */
export async function closesOf(
  table: Table,
  store: string,
  { from, to }: Days,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ readonly closes: readonly ClosedDay[]; readonly cursor: string | undefined }> {
  const page = await table.query({
    table: 'control',
    pk: keys.tillClose(store, '', '').pk,
    from: keys.tillClose(store, isoFromDay(from), '').sk,
    // Above every terminal of the last day.
    to: keys.tillClose(store, isoFromDay(daysBefore(to, -1)), '').sk,
    descending: true,
    limit,
    cursor,
  });
  return { closes: page.items.map(closedDayIn), cursor: page.cursor };
}

/** More is no day of tills, and would be read at each close. */
const MOST_ENTRIES = 100_000;

/** Everything that a store's tills wrote on a day. */
export async function rollOf(table: Table, store: string, day: Day): Promise<RollEntry[]> {
  const entries: RollEntry[] = [];
  const { pk } = keys.tillRoll(store, isoFromDay(day), '');
  for await (const { value } of everyItemOf(table, { table: 'control', pk })) {
    for (const row of value['rows'] as Parameters<typeof fromRow>[0][]) entries.push(fromRow(row));
    if (entries.length >= MOST_ENTRIES) break;
  }
  return entries;
}
