import type { AcceptedEvent } from '../events/event.ts';
import { KeyLabel, Sequence } from '../events/receipt.ts';
import { groupBy } from '../kernel/groups.ts';
import { noRuns, oneNumber, type Runs, uniteRuns } from './runs.ts';
import { type Hours, type LocalHour, oneHour, uniteHours } from './usual-hours.ts';

/** What was heard of one till. */
export interface TillFeed {
  /** When something of it came last, by our clock. */
  readonly heardAt: string;
  /** The latest thing that happened there, by its clock. */
  readonly occurredAt: string;
  readonly runs: Runs;
}

/** What was heard of one store. Everything in it is a union or a maximum: telling it twice changes nothing. */
export interface StoreFeed {
  readonly tills: Readonly<Record<string, TillFeed>>;
  readonly hours: Hours;
  /** More tills were named than are watched. */
  readonly crowded?: true;
}

export const noFeed: StoreFeed = { tills: {}, hours: {} };

/** A store that names more tills is not counting tills. */
export const MOST_TILLS = 50;

/** What a till writes: an event with a store, a terminal and perhaps the till's own count. */
export interface TillEvent {
  readonly event: AcceptedEvent;
  readonly store: string;
  readonly terminal: string;
  readonly sequence?: number;
}

const DAY_MS = 86_400_000;
/** What happened longer ago is history that somebody loads, and says nothing of a till. */
export const LATEST_DAYS = 45;
/** A till that was not heard for so long gives its place to another. */
const GONE_MS = 60 * DAY_MS;

/**
 * The till that wrote an event; undefined where none did, or so long ago that it is history. Types that name no till
 * may carry fields of these names, and anything in them.
 */
export function tillEventOf(event: AcceptedEvent): TillEvent | undefined {
  const { store, terminal, sequence } = event.data as {
    store?: unknown;
    terminal?: unknown;
    sequence?: unknown;
  };
  const isLate = Date.parse(event.receivedAt) - Date.parse(event.occurredAt) > LATEST_DAYS * DAY_MS;
  if (!isName(store) || !isName(terminal) || isLate) return undefined;
  return { event, store, terminal, ...(isSequence(sequence) ? { sequence } : {}) };
}

const isSequence = (value: unknown): value is number => Sequence.safeParse(value).success;

const isName = (value: unknown): value is string =>
  typeof value === 'string' && KeyLabel.safeParse(value).success;

/** Adds what these events of one store tell. */
export function observe(
  feed: StoreFeed,
  events: readonly TillEvent[],
  hourOf: (instant: string) => LocalHour,
): StoreFeed {
  const tills = [...groupBy(events, ({ terminal }) => terminal)].map(
    ([terminal, own]) => [terminal, tillFeedOf(own)] as const,
  );
  const hours = new Map(
    events.map(({ event }) => {
      // By our clock, as the silence is measured: what a till writes by day and sends at night comes at night.
      const at = hourOf(event.receivedAt);
      return [`${at.day} ${at.hour}`, at] as const;
    }),
  );
  return combineFeeds(feed, {
    tills: Object.fromEntries(tills),
    hours: [...hours.values()].map(oneHour).reduce(uniteHours, {}),
  });
}

function tillFeedOf(events: readonly TillEvent[]): TillFeed {
  const numbers = events.flatMap(({ event, sequence }) =>
    sequence === undefined ? [] : [oneNumber(sequence, event.day)],
  );
  return {
    heardAt: events.reduce((latest, { event }) => later(latest, event.receivedAt), ''),
    occurredAt: events.reduce((latest, { event }) => later(latest, event.occurredAt), ''),
    runs: uniteRuns(noRuns, { floor: 0, list: numbers }),
  };
}

export function combineFeeds(a: StoreFeed, b: StoreFeed): StoreFeed {
  const tills: Record<string, TillFeed> = { ...a.tills };
  for (const [terminal, till] of Object.entries(b.tills)) {
    const own = Object.hasOwn(tills, terminal) ? tills[terminal] : undefined;
    tills[terminal] = own === undefined ? till : combineTills(own, till);
  }
  const places = placesIn(tills, a.tills);
  const isCrowded = a.crowded || b.crowded || Object.keys(tills).length > places.length;
  return {
    tills: Object.fromEntries(places.map((terminal) => [terminal, tills[terminal] as TillFeed])),
    hours: uniteHours(a.hours, b.hours),
    ...(isCrowded ? { crowded: true } : {}),
  };
}

const later = (a: string, b: string): string => (a > b ? a : b);

const combineTills = (a: TillFeed, b: TillFeed): TillFeed => ({
  heardAt: later(a.heardAt, b.heardAt),
  occurredAt: later(a.occurredAt, b.occurredAt),
  runs: uniteRuns(a.runs, b.runs),
});

/** Where there are too many, those stay that were there before and are still heard. */
function placesIn(tills: Readonly<Record<string, TillFeed>>, before: StoreFeed['tills']): string[] {
  const names = Object.keys(tills);
  if (names.length <= MOST_TILLS) return names;
  const heard = (name: string) => Date.parse(tills[name]?.heardAt ?? '');
  const latest = Math.max(...names.map(heard));
  const isGone = (name: string) => heard(name) < latest - GONE_MS;
  const rank = (name: string) => (isGone(name) ? 2 : Object.hasOwn(before, name) ? 0 : 1);
  return names.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST_TILLS);
}
