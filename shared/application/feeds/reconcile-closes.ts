import { keys } from '../../contracts/keys.ts';
import type { EventOf } from '../../domain/events/event.ts';
import { mayClose } from '../../domain/feeds/close-day.ts';
import { type Close, compare, type Roll, withCloses } from '../../domain/feeds/reconcile.ts';
import type { TillEvent } from '../../domain/feeds/store-feed.ts';
import type { RollEntry } from '../../domain/feeds/till-roll.ts';
import { canonicalJson } from '../../domain/kernel/canonical.ts';
import { type Day, dayFromIso, daysBefore, isoFromDay } from '../../domain/kernel/day.ts';
import { TooManyConflicts } from '../../domain/kernel/errors.ts';
import { groupBy } from '../../domain/kernel/groups.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table, Write } from '../../ports/table.ts';
import { type ClosedDay, closedDayIn, closesOf, rollOf } from './feed-items.ts';

interface Deps {
  readonly table: Table;
  readonly pause?: Pause;
}

interface Told {
  readonly store: string;
  readonly events: readonly TillEvent[];
  readonly expires: number;
}

const ATTEMPTS = 12;
const CLOSES_AT_ONCE = 500;

/**
 * Keeps what closes say, then compares every close that these events may change with the roll. The close is kept
 * first and the roll read after it: of a close and a receipt that come at once, one sees the other.
 */
export async function reconcileCloses({ table, pause }: Deps, told: Told): Promise<void> {
  const closing = told.events.flatMap((one) => closingOf(one) ?? []);
  const touched = touchedBy(told.events, closing);
  for (let lost = 1; lost <= ATTEMPTS; lost += 1) {
    const kept = await keepClosings(table, told, closing);
    if (kept && (await compareAnew(table, told, touched))) return;
    if (lost < ATTEMPTS) await pause?.(lost);
  }
  throw new TooManyConflicts(`The closes of ${told.store}`);
}

interface Closing {
  readonly terminal: string;
  readonly day: Day;
  readonly shift: string;
  readonly close: Close;
}

function closingOf({ event, terminal }: TillEvent): Closing | undefined {
  if (event.type !== 'till.closed') return undefined;
  const day = dayFromIso(event.data.day);
  if (!mayClose(event.day, day)) return undefined;
  return { terminal, day, shift: String(event.data.shift), close: closeOf(event) };
}

const closeOf = ({ data }: EventOf<'till.closed'>): Close => ({
  receipts: data.receipts,
  sales: data.sales,
  returns: data.returns,
  ...(data.revision === undefined ? {} : { revision: data.revision }),
  ...(data.firstSequence === undefined ? {} : { first: data.firstSequence }),
  ...(data.lastSequence === undefined ? {} : { last: data.lastSequence }),
});

const placeOf = (terminal: string, day: Day): string => `${isoFromDay(day)}#${terminal}`;

interface Touched {
  readonly places: ReadonlySet<string>;
  readonly from: Day;
  readonly to: Day;
}

/** A receipt may belong to the close of the day before or after its own. */
function touchedBy(events: readonly TillEvent[], closing: readonly Closing[]): Touched {
  const days = [
    ...events.flatMap(({ event: { day }, terminal }) =>
      [-1, 0, 1].map((beside) => ({ terminal, day: daysBefore(day, beside) })),
    ),
    ...closing,
  ];
  return {
    places: new Set(days.map(({ terminal, day }) => placeOf(terminal, day))),
    from: days.reduce((first, one) => (one.day < first.day ? one : first)).day,
    to: days.reduce((last, one) => (one.day > last.day ? one : last)).day,
  };
}

const NO_SHIFTS: ClosedDay['shifts'] = {};

async function keepClosings(table: Table, told: Told, closing: readonly Closing[]): Promise<boolean> {
  const places = [...groupBy(closing, ({ terminal, day }) => placeOf(terminal, day)).values()];
  if (places.length === 0) return true;
  const found = places.map((own) => {
    const { terminal, day } = own[0] as Closing;
    return { own, key: keys.tillClose(told.store, isoFromDay(day), terminal) };
  });
  const items = await table.getMany(found.map(({ key }) => key));
  const writes = found.flatMap(({ own, key }, index): Write[] => {
    const item = items[index];
    const before = item === undefined ? undefined : closedDayIn(item);
    const { comparison, shifts: known = NO_SHIFTS } = before ?? {};
    const shifts = withCloses(known, own);
    if (shifts === known) return [];
    return [
      {
        put: key,
        value: { shifts, ...(comparison === undefined ? {} : { comparison }) },
        expires: told.expires,
        if: item === undefined ? 'absent' : { version: item.version },
      },
    ];
  });
  return (await table.writeEach(writes)).length === 0;
}

async function compareAnew(table: Table, told: Told, touched: Touched): Promise<boolean> {
  const readRoll = rollReader(table, told.store);
  let cursor: string | undefined;
  let isDone = true;
  do {
    const page = await closesOf(table, told.store, touched, { limit: CLOSES_AT_ONCE, cursor });
    const writes: Write[] = [];
    for (const closed of page.closes) {
      if (!touched.places.has(placeOf(closed.terminal, closed.day))) continue;
      writes.push(...comparedAnew(told, closed, await readRoll(closed)));
    }
    isDone = (await table.writeEach(writes)).length === 0 && isDone;
    cursor = page.cursor;
  } while (cursor !== undefined);
  return isDone;
}

function comparedAnew({ store, expires }: Told, closed: ClosedDay, roll: Roll): Write[] {
  const comparison = compare(Object.values(closed.shifts), closed.day, roll);
  if (closed.comparison !== undefined && canonicalJson(closed.comparison) === canonicalJson(comparison))
    return [];
  return [
    {
      put: keys.tillClose(store, isoFromDay(closed.day), closed.terminal),
      value: { shifts: closed.shifts, comparison },
      expires,
      if: { version: closed.version },
    },
  ];
}

/** Reads each day of a store once, and gives a close the days that it may need. */
function rollReader(table: Table, store: string): (closed: ClosedDay) => Promise<Roll> {
  const read = new Map<Day, Promise<ReadonlyMap<string, readonly RollEntry[]>>>();
  const byTill = (day: Day) => {
    const known =
      read.get(day) ?? rollOf(table, store, day).then((all) => groupBy(all, (one) => one.terminal));
    read.set(day, known);
    return known;
  };
  return async ({ day, terminal, shifts }) => {
    const isNumbered = Object.values(shifts).some(({ first }) => first !== undefined);
    const days = isNumbered ? [-1, 0, 1].map((beside) => daysBefore(day, beside)) : [day];
    return new Map(
      await Promise.all(days.map(async (one) => [one, (await byTill(one)).get(terminal) ?? []] as const)),
    );
  };
}
