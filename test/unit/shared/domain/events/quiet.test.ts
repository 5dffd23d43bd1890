import { describe, expect, it } from 'vitest';
import { isHistory } from '../../../../../shared/domain/events/quiet.ts';

describe('an event that arrives', () => {
  const at = '2026-01-01T12:00:00.000Z';

  it.each([
    ['on the spot', at, false],
    ['from a till that was offline for 45 days', '2026-02-15T12:00:00.000Z', false],
    ['a moment later', '2026-02-15T12:00:00.001Z', true],
    ['before it happened, by a clock that is ahead', '2025-12-31T12:00:00.000Z', false],
  ])('%s is history or not', (_when, arrived, isOld) => {
    expect(isHistory(at, arrived)).toBe(isOld);
  });
});
