import { describe, expect, it } from 'vitest';
import { utcInstant } from '../../../../../shared/domain/import/utc-instant.ts';

describe('an instant as ISO 8601 writes it', () => {
  it.each([
    ['2026-03-14', '2026-03-14T00:00:00.000Z'],
    ['2026-03-14T10:15', '2026-03-14T10:15:00.000Z'],
    ['2026-03-14 10:15:00.5', '2026-03-14T10:15:00.500Z'],
    ['2026-03-14T10:15:00.123456Z', '2026-03-14T10:15:00.123Z'],
    ['2026-03-14T10:15:00+01:00', '2026-03-14T09:15:00.000Z'],
    ['2026-03-14T00:15:00-0530', '2026-03-14T05:45:00.000Z'],
  ])('is one, whatever the clock of the machine: %s', (text, instant) => {
    expect(utcInstant(text)).toBe(instant);
  });

  it.each(['03.04.2026', '04/03/2026 10:00', '2026-02-30', '2026-03-14T25:00', '1', 'soon', ''])(
    'is nothing that could be read in two ways, or names no real day: %j',
    (text) => {
      expect(utcInstant(text)).toBeUndefined();
    },
  );
});
