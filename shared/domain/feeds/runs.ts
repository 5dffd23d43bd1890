import type { Day } from '../kernel/day.ts';

/** Numbers that came without a hole between them, and the days of the first and the last of them. */
export type Run = readonly [from: number, to: number, fromDay: Day, toDay: Day];

/** What came of a counter. Numbers up to `floor` are no longer looked at. */
export interface Runs {
  readonly floor: number;
  /** Ascending, with a hole between each two. */
  readonly list: readonly Run[];
}

/** Numbers that should have come: those between two that did. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  /** The day of the number after it. */
  readonly day: Day;
}

export const noRuns: Runs = { floor: 0, list: [] };

/** So many holes at once are remembered of one counter; beyond that the oldest count as closed. */
export const MOST_RUNS = 200;

/** A till writes no more receipts a day: numbers that lie farther apart belong to another counter. */
export const MOST_A_DAY = 2_000;

/** What a till writes around a midnight that its clock saw twice; more is the night in which a counter began anew. */
export const MOST_AT_MIDNIGHT = 100;

export const oneNumber = (number: number, day: Day): Run => [number, number, day, day];

/** What came of both: a union, so order, repetition and grouping change nothing below MOST_RUNS. */
export function uniteRuns(a: Runs, b: Runs): Runs {
  const floor = Math.max(a.floor, b.floor);
  const united: Run[] = [];
  for (const run of [...a.list, ...b.list].sort(([x], [y]) => x - y)) {
    if (run[0] <= floor) continue;
    const last = united.at(-1);
    if (last !== undefined && run[0] <= last[1] + 1) united[united.length - 1] = joined(last, run);
    else united.push(run);
  }
  const forgotten = united.length - MOST_RUNS;
  if (forgotten <= 0) return { floor, list: united };
  const list = united.slice(forgotten);
  return { floor: (list[0]?.[0] ?? 1) - 1, list };
}

/** Two that touch or overlap, the lower one first. Of an end that both have, the wider span of days stays. */
function joined([from, to, fromDay, toDay]: Run, [nextFrom, nextTo, nextFromDay, nextToDay]: Run): Run {
  const begin = nextFrom === from && nextFromDay < fromDay ? nextFromDay : fromDay;
  if (nextTo > to) return [from, nextTo, begin, nextToDay];
  return [from, to, begin, nextTo === to && nextToDay > toDay ? nextToDay : toDay];
}

/** Holes that are missing numbers, oldest first. A counter that began anew leaves a hole that is none. */
export const gapsOf = ({ list }: Runs): Gap[] =>
  list.flatMap(([from, , day], index): Gap[] => {
    const before = list[index - 1];
    if (before === undefined) return [];
    const [, to, , toDay] = before;
    // Clocks that are off, and receipts around midnight, may put a later number a day earlier.
    const days = day - toDay + 2;
    const most = day < toDay ? MOST_AT_MIDNIGHT : MOST_A_DAY * days;
    const isOfOneCounter = days > 0 && from - to - 1 <= most;
    return isOfOneCounter ? [{ from: to + 1, to: from - 1, day }] : [];
  });

export const countOf = (ranges: readonly Pick<Gap, 'from' | 'to'>[]): number =>
  ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
