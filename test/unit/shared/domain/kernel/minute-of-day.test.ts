import { describe, expect, it } from 'vitest';
import { minuteOfDay } from '../../../../../shared/domain/kernel/minute-of-day.ts';

describe('the minute of the day', () => {
  it.each([
    ['2026-03-15T00:00:00Z', 'UTC', 0],
    ['2026-03-15T23:59:59Z', 'UTC', 1_439],
    ['2026-02-01T05:00:00Z', 'Europe/Amsterdam', 360],
    ['2026-07-01T04:00:00Z', 'Europe/Amsterdam', 360],
    ['2026-03-15T00:15:00Z', 'Asia/Kathmandu', 360],
    ['2026-03-15T18:15:00Z', 'Asia/Kathmandu', 0],
  ])('at %s in %s is %i', (instant, zone, minute) => {
    expect(minuteOfDay(instant, zone)).toBe(minute);
  });
});
