import { describe, expect, it } from 'vitest';
import {
  combineSignals,
  mayBeCounted,
  noSignals,
  oneSignal,
  REMEMBERED,
} from '../../../../../shared/domain/customers/signals.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 2, 14, 10, 0, second)).toISOString();
const view = (second: number) => oneSignal('page.viewed', `v-${second}`, at(second));
const views = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => view(from + index)).reduce(combineSignals, noSignals);

describe('signals of two parts that overlap', () => {
  it('are taken off the count of their own type alone', () => {
    const search = oneSignal('products.searched', 's', at(3));
    const both = combineSignals(view(1), search);

    const sum = combineSignals(both, combineSignals(combineSignals(view(1), view(2)), search));

    expect(sum.tallies).toEqual({
      'page.viewed': { count: 2, last: at(2) },
      'products.searched': { count: 1, last: at(3) },
    });
  });

  it('say nothing of browsing where nobody browsed', () => {
    expect(Object.keys(view(1))).toEqual(['tallies', 'recent']);
    expect(Object.keys(combineSignals(view(1), view(2)))).toEqual(['tallies', 'recent']);
  });

  it('tell two of one instant apart', () => {
    const [one, other] = ['a', 'b'].map((id) => oneSignal('page.viewed', id, at(1)));

    expect(combineSignals(one ?? noSignals, other ?? noSignals).tallies['page.viewed']?.count).toBe(2);
    expect(one?.recent[0]).toMatch(/^2026-03-14T10:00:01.000Z page.viewed [0-9a-z]{4,7}$/);
  });
});

describe('a signal that is told again', () => {
  it('was never counted where nothing was', () => {
    expect(mayBeCounted(noSignals, view(1))).toBe(false);
  });

  it('was counted where it is remembered', () => {
    expect(mayBeCounted(views(0, 3), view(1))).toBe(true);
    expect(mayBeCounted(views(0, 3), combineSignals(view(1), view(99)))).toBe(true);
  });

  it('is new where memory has room, however old it is', () => {
    expect(mayBeCounted(views(10, 10 + REMEMBERED - 1), view(1))).toBe(false);
  });

  it('may have been counted where it is older than a full memory, and nobody can say', () => {
    expect(mayBeCounted(views(10, 10 + REMEMBERED), view(1))).toBe(true);
  });

  it('is new where it is younger than the oldest that a full memory has', () => {
    const full = views(10, 10 + REMEMBERED);

    expect(mayBeCounted(full, oneSignal('page.viewed', 'between', at(12)))).toBe(false);
    expect(mayBeCounted(full, view(99))).toBe(false);
  });
});
