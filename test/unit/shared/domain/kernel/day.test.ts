import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  calendar,
  dayFromIso,
  daysBefore,
  IsoDate,
  isoFromDay,
} from '../../../../../shared/domain/kernel/day.ts';

const dateIn = (zone: string, instant: string): string => isoFromDay(calendar(zone)(instant));

describe('a day', () => {
  it('is counted from 1970 and comes back as its date', () => {
    expect(dayFromIso('1970-01-01')).toBe(0);
    expect(dayFromIso('2026-03-14')).toBe(20_526);
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_000_000 }), (count) => {
        const date = isoFromDay(daysBefore(dayFromIso('1970-01-01'), -count));
        expect(dayFromIso(date)).toBe(count);
      }),
    );
  });

  it('before another one crosses a leap day', () => {
    expect(isoFromDay(daysBefore(dayFromIso('2024-03-01'), 1))).toBe('2024-02-29');
    expect(isoFromDay(daysBefore(dayFromIso('2026-03-01'), 1))).toBe('2026-02-28');
  });

  it.each(['2026-02-29', '2026-13-01', '14-03-2026', '2026-3-14', ''])(
    'that is none is refused: %s',
    (date) => {
      expect(IsoDate.safeParse(date).success).toBe(false);
    },
  );
});

describe('the business day of an instant', () => {
  it.each([
    ['Europe/Amsterdam', '2026-01-14T22:59:59.999Z', '2026-01-14'],
    ['Europe/Amsterdam', '2026-01-14T23:00:00.000Z', '2026-01-15'],
    ['Europe/Amsterdam', '2026-07-14T21:59:59.999Z', '2026-07-14'],
    ['Europe/Amsterdam', '2026-07-14T22:00:00.000Z', '2026-07-15'],
    // The night in which clocks go forward, and the one in which an hour comes twice.
    ['Europe/Amsterdam', '2026-03-28T23:00:00.000Z', '2026-03-29'],
    ['Europe/Amsterdam', '2026-03-29T22:00:00.000Z', '2026-03-30'],
    ['Europe/Amsterdam', '2026-10-24T22:00:00.000Z', '2026-10-25'],
    ['Europe/Amsterdam', '2026-10-25T22:59:59.999Z', '2026-10-25'],
    ['Europe/Amsterdam', '2026-10-25T23:00:00.000Z', '2026-10-26'],
    // Clocks that go forward at midnight: that day begins at one.
    ['Africa/Cairo', '2026-04-23T21:59:59.999Z', '2026-04-23'],
    ['Africa/Cairo', '2026-04-23T22:00:00.000Z', '2026-04-24'],
    // Offsets of quarters of an hour, and the two ends of the date line.
    ['Asia/Kathmandu', '2026-01-14T18:14:59.999Z', '2026-01-14'],
    ['Asia/Kathmandu', '2026-01-14T18:15:00.000Z', '2026-01-15'],
    ['Pacific/Kiritimati', '2026-01-14T10:00:00.000Z', '2026-01-15'],
    ['Pacific/Pago_Pago', '2026-01-15T10:59:59.999Z', '2026-01-14'],
    ['Asia/Shanghai', '2026-03-14T16:00:00.000Z', '2026-03-15'],
  ])('in %s at %s is %s', (zone, instant, date) => {
    expect(dateIn(zone, instant)).toBe(date);
  });

  it('reads offsets, and times before 1970', () => {
    expect(dateIn('UTC', '2026-03-15T01:30:00+02:00')).toBe('2026-03-14');
    expect(dateIn('UTC', '1969-12-31T23:59:59.999Z')).toBe('1969-12-31');
  });

  it('is the same when it is asked again, and after more instants than are remembered', () => {
    const dayOf = calendar('Europe/Amsterdam');
    const first = dayOf('2026-03-14T22:59:00Z');
    const hour = (n: number) => new Date(n * 3_600_000).toISOString();
    for (let n = 0; n < 50_050; n += 1) dayOf(hour(n));

    expect(dayOf('2026-03-14T22:59:00Z')).toBe(first);
    expect(isoFromDay(dayOf('2026-03-14T23:00:00Z'))).toBe('2026-03-15');
  });
});
