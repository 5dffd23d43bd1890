import { describe, expect, it } from 'vitest';
import { oldestSeconds } from '../../../../../shared/domain/events/age.ts';

const NOW = '2026-03-15T12:00:00.000Z';
const received = (...times: string[]) => times.map((receivedAt) => ({ receivedAt }));

describe('the age of a batch', () => {
  it('is that of the event that came first, wherever it stands', () => {
    const events = received('2026-03-15T11:59:59.250Z', '2026-03-15T11:58:00.000Z', NOW);

    expect(oldestSeconds(events, NOW)).toBe(120);
    expect(oldestSeconds(events.toReversed(), NOW)).toBe(120);
  });

  it('keeps parts of a second', () => {
    expect(oldestSeconds(received('2026-03-15T11:59:59.250Z'), NOW)).toBe(0.75);
  });

  it('counts from when somebody let an event go, and leaves out what is quiet', () => {
    const [old] = received('2026-01-01T12:00:00.000Z');
    const at = '2026-03-15T11:59:30.000Z';

    expect(oldestSeconds([{ receivedAt: at, released: { at, from: 'quarantine' } }], NOW)).toBe(30);
    expect(oldestSeconds([{ receivedAt: '', ...old, quiet: 'replay' }], NOW)).toBe(0);
  });

  it('is nothing where there are no events, or where they come from a clock that is ahead', () => {
    expect(oldestSeconds([], NOW)).toBe(0);
    expect(oldestSeconds(received('2026-03-15T12:00:03.000Z'), NOW)).toBe(0);
  });
});
