import { describe, expect, it } from 'vitest';
import { silenceOf } from '../../../../../shared/domain/feeds/silence.ts';
import { type Hours, oneHour, uniteHours } from '../../../../../shared/domain/feeds/usual-hours.ts';
import { clockOf } from '../../../../../shared/domain/kernel/hour.ts';

const hourOf = clockOf('Europe/Amsterdam');
/** A Monday; Amsterdam is an hour ahead of UTC. */
const MONDAY = Date.parse('2026-02-02T00:00:00+01:00');
const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;

const instant = (week: number, weekday: number, hour: number): string =>
  new Date(MONDAY + week * WEEK + (weekday * 24 + hour) * HOUR).toISOString();

/** Monday to Saturday, nine to six. */
const openFor = (weeks: number): Hours =>
  Array.from({ length: weeks }, (_, week) =>
    [0, 1, 2, 3, 4, 5].flatMap((weekday) =>
      [9, 10, 11, 12, 13, 14, 15, 16, 17].map((hour) => oneHour(hourOf(instant(week, weekday, hour)))),
    ),
  )
    .flat()
    .reduce(uniteHours, {});

const silence = (hours: Hours, heardAt: string, now: string) => silenceOf({ heardAt, hours, now }, hourOf);

describe('a store that is open from Monday to Saturday, nine to six', () => {
  const hours = openFor(4);

  it('is not silent overnight, nor on a Sunday', () => {
    expect(silence(hours, instant(4, 0, 17), instant(4, 1, 9))).toBeUndefined();
    expect(silence(hours, instant(3, 5, 17), instant(4, 0, 9))).toBeUndefined();
  });

  it('is silent when two of its hours went by without a word', () => {
    expect(silence(hours, instant(4, 1, 9), instant(4, 1, 11))).toBeUndefined();
    expect(silence(hours, instant(4, 1, 9), instant(4, 1, 12))).toEqual({
      since: instant(4, 1, 9),
      missedHours: 2,
    });
  });

  it('counts only its own hours, over days', () => {
    expect(silence(hours, instant(4, 5, 17), instant(5, 1, 10))?.missedHours).toBe(10);
  });

  it('stays silent for as long as it says nothing: its own silence is not what is usual', () => {
    for (const weeks of [1, 3, 9])
      expect(silence(hours, instant(4, 1, 9), instant(4 + weeks, 1, 12))?.since).toBe(instant(4, 1, 9));
  });

  it('keeps its hours by the clock on the wall when that changes to summer time', () => {
    expect(silence(openFor(8), '2026-03-28T17:30:00+01:00', '2026-03-30T09:59:00+02:00')).toBeUndefined();
  });
});

it('cannot be told of a store that is new', () => {
  expect(silence(openFor(1), instant(0, 0, 9), instant(1, 4, 17))).toBeUndefined();
});
