import { describe, expect, it } from 'vitest';
import { instantsIn } from '../../../../../shared/domain/import/local-time.ts';
import { isZone } from '../../../../../shared/domain/kernel/zone.ts';

const utc = (zone: string, wall: string): string =>
  new Date(instantsIn(zone)(Date.parse(`${wall}Z`))).toISOString();

describe('a time on the wall', () => {
  it.each([
    ['Europe/London', '2010-12-01T08:26:00', '2010-12-01T08:26:00.000Z'],
    ['Europe/London', '2011-07-01T08:26:00', '2011-07-01T07:26:00.000Z'],
    ['America/New_York', '2026-01-10T23:30:00', '2026-01-11T04:30:00.000Z'],
    ['Asia/Kathmandu', '2026-06-01T00:00:00', '2026-05-31T18:15:00.000Z'],
    ['Pacific/Kiritimati', '2026-06-01T00:00:00', '2026-05-31T10:00:00.000Z'],
    ['UTC', '2026-06-01T12:00:00', '2026-06-01T12:00:00.000Z'],
  ])('in %s at %s is %s', (zone, wall, instant) => {
    expect(utc(zone, wall)).toBe(instant);
  });
});

describe('the days when clocks are set', () => {
  it('counts on through the hour that is skipped in spring', () => {
    expect(utc('Europe/Amsterdam', '2026-03-29T01:59:59')).toBe('2026-03-29T00:59:59.000Z');
    expect(utc('Europe/Amsterdam', '2026-03-29T02:30:00')).toBe('2026-03-29T01:30:00.000Z');
    expect(utc('Europe/Amsterdam', '2026-03-29T03:00:00')).toBe('2026-03-29T01:00:00.000Z');
  });

  it('takes the first of the two hours in autumn', () => {
    expect(utc('Europe/Amsterdam', '2026-10-25T02:30:00')).toBe('2026-10-25T00:30:00.000Z');
    expect(utc('Europe/Amsterdam', '2026-10-25T03:00:00')).toBe('2026-10-25T02:00:00.000Z');
  });

  it('knows the half hour of Lord Howe Island', () => {
    expect(utc('Australia/Lord_Howe', '2026-10-04T02:15:00')).toBe('2026-10-03T15:45:00.000Z');
    expect(utc('Australia/Lord_Howe', '2026-04-05T01:45:00')).toBe('2026-04-04T14:45:00.000Z');
  });
});

describe('the name of a zone', () => {
  it('is known or not', () => {
    expect(isZone('Europe/Amsterdam')).toBe(true);
    expect(isZone('Europe/Atlantis')).toBe(false);
  });
});
