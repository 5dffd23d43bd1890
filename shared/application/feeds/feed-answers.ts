import type * as z from 'zod';
import type { FeedAnswer, StoreFeedAnswer } from '../../contracts/feed-schemas.ts';
import { compare, isReconciled } from '../../domain/feeds/reconcile.ts';
import { countOf, gapsOf } from '../../domain/feeds/runs.ts';
import { silenceOf } from '../../domain/feeds/silence.ts';
import { LATEST_DAYS, type StoreFeed, type TillFeed } from '../../domain/feeds/store-feed.ts';
import { type Hours, type LocalHour, usualHours } from '../../domain/feeds/usual-hours.ts';
import { type Day, daysBefore, isoFromDay } from '../../domain/kernel/day.ts';
import type { ClosedDay } from './feed-items.ts';

type Answer = z.input<typeof StoreFeedAnswer>;
type Closed = Answer['closes'][number];

interface Moment {
  readonly now: string;
  readonly today: Day;
  readonly hourOf: (instant: string) => LocalHour;
  /** Most ranges to name of a till. */
  readonly ranges: number;
}

/** Puts a store's feed into words, as of now. */
export function storeAnswer(
  store: string,
  feed: StoreFeed,
  closes: readonly Closed[],
  moment: Moment,
): Answer {
  const tills = Object.entries(feed.tills)
    .map(([terminal, till]) => tillAnswer(terminal, till, moment))
    .sort((a, b) => (a.terminal < b.terminal ? -1 : 1));
  const latest = (times: readonly string[]): string => times.reduce((a, b) => (a > b ? a : b), '');
  const heardAt = latest(tills.map((till) => till.heardAt));
  const silence = silenceOf({ heardAt, hours: feed.hours, now: moment.now }, moment.hourOf);
  return {
    store,
    status: statusOf({
      silent: silence !== undefined,
      gaps: tills.some(({ missingCount }) => missingCount > 0),
      unreconciled: closes.some(({ reconciled }) => !reconciled),
    }),
    heardAt,
    occurredAt: latest(tills.map((till) => till.occurredAt)),
    ...(silence === undefined ? {} : { silence }),
    tills,
    ...(feed.crowded ? { moreTills: true } : {}),
    closes: [...closes],
  };
}

/** The gravest first: who is not heard cannot be asked for what is missing. */
const statusOf = (found: Readonly<Record<'silent' | 'gaps' | 'unreconciled', boolean>>): Answer['status'] =>
  found.silent ? 'silent' : found.gaps ? 'gaps' : found.unreconciled ? 'unreconciled' : 'ok';

function tillAnswer(
  terminal: string,
  { heardAt, occurredAt, runs }: TillFeed,
  { today, ranges }: Moment,
): Answer['tills'][number] {
  const gaps = gapsOf(runs).filter(({ day }) => day >= daysBefore(today, LATEST_DAYS));
  return {
    terminal,
    heardAt,
    occurredAt,
    missing: gaps
      .slice(0, ranges)
      .map(({ from, to, day }) => ({ from, to, count: to - from + 1, day: isoFromDay(day) })),
    missingCount: countOf(gaps),
  };
}

/** A close that nobody compared yet is compared with nothing: its batch is still under way. */
export function closeAnswer({ terminal, day, shifts, comparison }: ClosedDay): Closed {
  const found = comparison ?? compare(Object.values(shifts), day, new Map());
  const { told, kept, missing, missingCount } = found;
  return {
    terminal,
    day: isoFromDay(day),
    reconciled: isReconciled(found),
    told,
    kept,
    difference: {
      receipts: kept.receipts - told.receipts,
      sales: kept.sales - told.sales,
      returns: kept.returns - told.returns,
    },
    missing: [...missing],
    missingCount,
  };
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

export function usualWeek(hours: Hours, by: Day): z.input<typeof FeedAnswer>['usualHours'] {
  const usual = usualHours(hours, by);
  return WEEKDAYS.map((weekday, index) => ({
    weekday,
    hours: Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => usual[index * 24 + hour]),
  }));
}
