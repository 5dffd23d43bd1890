import { keys } from '../../contracts/keys.ts';
import type { Messages } from '../../contracts/messages.ts';
import type { StageSettings } from '../../contracts/stage.ts';
import { observe, type TillEvent, tillEventOf } from '../../domain/feeds/store-feed.ts';
import { rollEntryOf, toRow } from '../../domain/feeds/till-roll.ts';
import type { LocalHour } from '../../domain/feeds/usual-hours.ts';
import { isoFromDay } from '../../domain/kernel/day.ts';
import { TooManyConflicts } from '../../domain/kernel/errors.ts';
import { groupBy, groupsOf } from '../../domain/kernel/groups.ts';
import { clockOf } from '../../domain/kernel/hour.ts';
import type { Digest } from '../../ports/digest.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Item, Table, Write } from '../../ports/table.ts';
import { isFact } from '../customers/commit-room.ts';
import { reconcileCloses } from './reconcile-closes.ts';
import { feedIn, toStoredFeed } from './stored-feed.ts';

interface Deps {
  readonly table: Table;
  readonly stage: StageSettings;
  readonly digest: Digest;
  readonly pause?: Pause;
}

const ATTEMPTS = 12;
const DAY_SECONDS = 86_400;
/** Longer than a till may be offline, and than anybody asks. */
const KEPT_SECONDS = 75 * DAY_SECONDS;
/** Stores that one source may make known in a month: a chain at once, and no flood of made-up names. */
const MOST_STORES = 3_000;
const STORES_AT_ONCE = 10;
/** Entries of one item, which holds 400 KB. */
const ROWS = 500;

/**
 * Keeps under watch what tills send: when they were heard, which of their numbers came, what they wrote on which day.
 * Everything it writes is a union of what is told, so events may come in any order, in any batches, and again.
 */
export function watchFeeds(deps: Deps) {
  const hourOf = clockOf(deps.stage.zone);
  return async (details: readonly Messages['events.accepted'][]): Promise<void> => {
    const events = details
      .flatMap((detail) => detail.events)
      .filter(isFact)
      .flatMap((event) => tillEventOf(event) ?? []);
    const stores = [...groupBy(events, ({ store }) => store)];
    for (const some of groupsOf(stores, STORES_AT_ONCE))
      await Promise.all(
        some.map(([store, own]) =>
          watchStore(deps, { store, events: own, hourOf, expires: latestSeconds(own) + KEPT_SECONDS }),
        ),
      );
  };
}

const latestSeconds = (events: readonly TillEvent[]): number =>
  events.reduce((latest, { event }) => Math.max(latest, Math.floor(Date.parse(event.receivedAt) / 1_000)), 0);

interface Told {
  readonly store: string;
  readonly events: readonly TillEvent[];
  readonly hourOf: (instant: string) => LocalHour;
  /** Epoch seconds after which nobody asks for it any more. */
  readonly expires: number;
}

/** The roll goes before the feed and the closes: whoever keeps a close later, sees these receipts too. */
async function watchStore(deps: Deps, told: Told): Promise<void> {
  const { table } = deps;
  const [known] = await table.getMany([keys.feed(told.store)], { mayLag: true });
  if (known === undefined && (await hasTooMany(table, told))) return;
  await table.writeEach(rollWrites(deps.digest, told));
  await keepFeed(deps, told, known);
  await reconcileCloses(deps, told);
}

/** Which of its receipts came on a day, in items that never change: the same ones again have the same name. */
function rollWrites(digest: Digest, { store, events, expires }: Told): Write[] {
  const written = events.flatMap((one) => {
    const entry = rollEntryOf(one);
    return entry === undefined ? [] : [{ day: one.event.day, row: toRow(entry) }];
  });
  return [...groupBy(written, ({ day }) => day)].flatMap(([day, own]) =>
    groupsOf(own, ROWS).map((some): Write => {
      const rows = some.map(({ row }) => row);
      const name = digest(JSON.stringify(rows)).slice(0, 32);
      return { put: keys.tillRoll(store, isoFromDay(day), name), value: { rows }, expires, if: 'absent' };
    }),
  );
}

async function keepFeed({ table, pause }: Deps, told: Told, known: Item | undefined): Promise<void> {
  const key = keys.feed(told.store);
  let item = known;
  for (let lost = 1; lost <= ATTEMPTS; lost += 1) {
    const value = toStoredFeed(observe(feedIn(item), told.events, told.hourOf));
    const isNew = item === undefined;
    const writes: Write[] = [
      {
        put: key,
        value,
        expires: told.expires,
        if: item === undefined ? 'absent' : { version: item.version },
      },
      ...(isNew ? [await madeKnown(table, told)] : []),
    ];
    if ((await table.commit(writes)).ok) return;
    if (lost < ATTEMPTS) await pause?.(lost);
    [item] = await table.getMany([key]);
  }
  throw new TooManyConflicts(`The feed of ${told.store}`);
}

const bookOf = ({ events: [first] }: Told) => {
  const { source, receivedAt } = first?.event ?? { source: '', receivedAt: '' };
  return keys.feedsMadeKnown(source, receivedAt.slice(0, 7));
};

const storesIn = (book: Item | undefined): number => Number(book?.value['stores'] ?? 0);

async function hasTooMany(table: Table, told: Told): Promise<boolean> {
  const [book] = await table.getMany([bookOf(told)], { mayLag: true });
  return storesIn(book) >= MOST_STORES;
}

async function madeKnown(table: Table, told: Told): Promise<Write> {
  const put = bookOf(told);
  const [book] = await table.getMany([put]);
  return {
    put,
    value: { stores: storesIn(book) + 1 },
    expires: told.expires,
    if: book === undefined ? 'absent' : { version: book.version },
  };
}
