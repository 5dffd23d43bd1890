import { describe, expect, it } from 'vitest';
import { atMinute, isoOf, yearTo } from '../../../../local/demo/calendar.ts';
import { demandClock, demandDay, demandOn, isSale, openingHours } from '../../../../local/demo/demand.ts';
import { seeded } from '../../../../local/demo/random.ts';
import type { Shop } from '../../../../local/demo/shops.ts';
import { dayFromIso, isoFromDay } from '../../../../shared/domain/kernel/day.ts';

const shop = (openOnSundays: boolean): Shop => ({ id: 'x', tills: 1, weight: 1, openOnSundays });
const hours = (date: string, openOnSundays = true) => openingHours(shop(openOnSundays), dayFromIso(date));

describe('the clocks of the demo shops', () => {
  it('follow summer and winter', () => {
    expect(isoOf(atMinute(dayFromIso('2026-01-15'), 600))).toBe('2026-01-15T09:00:00.000Z');
    expect(isoOf(atMinute(dayFromIso('2026-07-15'), 600.5))).toBe('2026-07-15T08:00:30.000Z');
  });

  it('count 365 days to the last one', () => {
    const { first, last } = yearTo('2026-02-28');

    expect([isoFromDay(first), isoFromDay(last)]).toEqual(['2025-03-01', '2026-02-28']);
  });
});

describe('the doors of the demo shops', () => {
  it('are open by day, on Thursday until late', () => {
    expect(hours('2026-07-15')).toEqual({ from: 570, to: 1_080 });
    expect(hours('2026-07-16')).toEqual({ from: 570, to: 1_260 });
  });

  it('are open on Sunday afternoon, or not at all', () => {
    expect(hours('2026-07-19')).toEqual({ from: 720, to: 1_020 });
    expect(hours('2026-07-19', false)).toBeUndefined();
  });

  it('stay closed on Christmas Day and New Year’s Day', () => {
    expect([hours('2025-12-25'), hours('2026-01-01')]).toEqual([undefined, undefined]);
  });
});

describe('demand', () => {
  it('is high on a Saturday before Christmas and low on a Sunday in February', () => {
    expect(demandOn(dayFromIso('2025-12-20'))).toBeCloseTo(1.75 * 1.65, 10);
    expect(demandOn(dayFromIso('2026-02-08'))).toBeCloseTo(0.8 * 0.45, 10);
    expect(demandOn(dayFromIso('2025-12-25'))).toBeLessThan(0.4);
  });

  it('rises in the weeks of sale, both ends included', () => {
    const dates = [
      '2026-01-05',
      '2026-01-06',
      '2026-01-26',
      '2026-01-27',
      '2026-07-14',
      '2026-11-30',
      '2026-12-01',
    ];

    expect(dates.map((date) => isSale(dayFromIso(date)))).toEqual([
      false,
      true,
      true,
      false,
      true,
      true,
      false,
    ]);
  });

  it('measures the year: more of it passes before Christmas, and days are found again', () => {
    const year = yearTo('2026-03-31');
    const clock = demandClock(year);
    const passed = (from: string, to: string): number =>
      clock.at(dayFromIso(to)) - clock.at(dayFromIso(from));

    expect(passed('2025-12-01', '2025-12-22')).toBeGreaterThan(1.8 * passed('2025-08-04', '2025-08-25'));
    expect(clock.dayOf(0)).toBe(year.first);
    expect(clock.dayOf(clock.at(dayFromIso('2025-12-10')))).toBe(dayFromIso('2025-12-10'));
    expect(clock.dayOf(1e9)).toBeUndefined();
  });

  it('draws more days from a busy month', () => {
    const year = yearTo('2026-03-31');
    const clock = demandClock(year);
    const random = seeded('days');
    const months = Array.from({ length: 5_000 }, () =>
      isoFromDay(demandDay(year, clock, random)).slice(5, 7),
    );

    expect(months.filter((month) => month === '12').length).toBeGreaterThan(
      1.6 * months.filter((month) => month === '08').length,
    );
  });
});
