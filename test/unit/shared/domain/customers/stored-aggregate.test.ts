import { describe, expect, it } from 'vitest';
import { nobody } from '../../../../../shared/domain/customers/aggregate.ts';
import { noHistory } from '../../../../../shared/domain/customers/history.ts';
import { fold } from '../../../../../shared/domain/customers/measure.ts';
import { fromStored, toStored } from '../../../../../shared/domain/customers/stored-aggregate.ts';
import { dayFromIso } from '../../../../../shared/domain/kernel/day.ts';
import { aReturn, aSale } from '../../../../builders/an-event.ts';

describe('a stored aggregate', () => {
  it('of nobody is nothing', () => {
    expect(toStored(nobody)).toEqual({});
    expect(fromStored({})).toEqual(nobody);
  });

  it('keeps days as tuples, and no zeroes', () => {
    const stored = toStored(fold(nobody, [aSale(500), aReturn(500)]));

    expect(stored.days).toEqual([[dayFromIso('2026-03-14'), 1, 500, 500]]);
    expect(stored).not.toHaveProperty('units');
    expect(stored).not.toHaveProperty('older');
    expect(stored).not.toHaveProperty('signals');
  });

  it('that lacks parts gets the zeroes of those', () => {
    const older = { orderDays: [dayFromIso('2024-01-01')], orders: 1, sales: 5, returns: 0 };

    expect(fromStored({ units: 3 })).toEqual({ ...nobody, units: 3 });
    expect(fromStored({ older }).history).toEqual({
      days: [],
      older: { ...older, orderDays: [{ day: dayFromIso('2024-01-01'), orders: 1 }] },
    });
    expect(fromStored({ days: [[7, 1, 5, 0]] }).history.older).toEqual(noHistory.older);
  });

  it('keeps of an old day its number, and how many orders it had where that is not one', () => {
    const bought = (at: string) => aSale(5, { occurredAt: `${at}T10:00:00.000Z` });
    const aggregate = fold(nobody, ['2024-01-01', '2024-01-02', '2024-01-02', '2026-01-01'].map(bought));

    expect(toStored(aggregate).older?.orderDays).toEqual([
      dayFromIso('2024-01-01'),
      [dayFromIso('2024-01-02'), 2],
    ]);
    expect(fromStored(toStored(aggregate))).toEqual(aggregate);
  });

  it('keeps what left the window also where it nets to nothing but returns', () => {
    const old = aReturn(5, { occurredAt: '2024-01-01T10:00:00.000Z' });
    const aggregate = fold(nobody, [old, aSale(1)]);

    expect(toStored(aggregate).older).toEqual({ orderDays: [], orders: 0, sales: 0, returns: 5 });
    expect(fromStored(toStored(aggregate))).toEqual(aggregate);
  });
});
