import { describe, expect, it } from 'vitest';
import { combine, nobody } from '../../../../../shared/domain/customers/aggregate.ts';
import { DAYS_KEPT } from '../../../../../shared/domain/customers/history.ts';
import { fold } from '../../../../../shared/domain/customers/measure.ts';
import type { AcceptedEvent } from '../../../../../shared/domain/events/event.ts';
import { anEvent, aReturn, aSale, profile } from '../../../../builders/an-event.ts';

const EARLY = '2026-01-01T00:00:00.000Z';
const LATE = '2026-02-01T00:00:00.000Z';

/** Both orders of arrival, which must not matter. */
const folded = (one: AcceptedEvent, other: AcceptedEvent) => [
  fold(nobody, [one, other]),
  fold(nobody, [other, one]),
];

describe('of two words about one thing', () => {
  const speaks = (language: string, occurredAt: string) =>
    anEvent('member.updated', { occurredAt, data: { language } });
  const consents = (status: string, occurredAt: string) =>
    anEvent('consent.changed', { occurredAt, data: { channel: 'sms', status } });

  it.each([
    ['nl', EARLY, 'de', LATE, 'de'],
    ['nl', LATE, 'de', EARLY, 'nl'],
    ['nl', LATE, 'de', LATE, 'nl'],
  ])('the later language counts: %s at %s, %s at %s', (one, at, other, later, expected) => {
    for (const { traits } of folded(speaks(one, at), speaks(other, later))) {
      expect(traits['language']?.value).toBe(expected);
    }
  });

  it.each([
    ['granted', EARLY, 'withdrawn', LATE, 'withdrawn'],
    ['withdrawn', EARLY, 'granted', LATE, 'granted'],
    ['granted', LATE, 'withdrawn', LATE, 'withdrawn'],
  ])(
    'the later consent counts, and of one instant the withdrawal: %s at %s, %s at %s',
    (one, at, other, later, expected) => {
      for (const { consent } of folded(consents(one, at), consents(other, later))) {
        expect(consent.sms?.status).toBe(expected);
      }
    },
  );
});

describe('times', () => {
  it('are the first and the last seen, and the first enrolment', () => {
    for (const aggregate of folded(
      anEvent('member.enrolled', { occurredAt: LATE }),
      anEvent('member.enrolled', { occurredAt: EARLY }),
    )) {
      expect(aggregate).toMatchObject({ enrolledAt: EARLY, firstSeen: EARLY, lastSeen: LATE });
    }
  });

  it('of an enrolment stay when other things follow', () => {
    for (const aggregate of folded(
      anEvent('member.enrolled', { occurredAt: LATE }),
      aSale(100, { occurredAt: EARLY }),
    )) {
      expect(aggregate).toMatchObject({ enrolledAt: LATE, firstSeen: EARLY, lastSeen: LATE });
    }
  });
});

describe('links', () => {
  it('are kept with the earliest time of each, in whatever order they come', () => {
    const [a, b] = [profile('anna', 'email'), profile('bob', 'phone')];

    for (const { links } of folded(
      aSale(1, { linked: [b, a], occurredAt: LATE }),
      aSale(1, { linked: [a], occurredAt: EARLY }),
    )) {
      expect(links).toEqual({ [a]: Date.parse(EARLY), [b]: Date.parse(LATE) });
    }
  });
});

describe('signals', () => {
  it('are told apart by type when one comes again', () => {
    const [page, product] = [
      anEvent('page.viewed', { occurredAt: EARLY }),
      anEvent('product.viewed', { occurredAt: LATE }),
    ];
    const once = fold(nobody, [page, product]);

    const { tallies, recent } = combine(once, fold(nobody, [product])).signals;

    expect(tallies).toEqual({
      'page.viewed': { count: 1, last: EARLY },
      'product.viewed': { count: 1, last: LATE },
    });
    expect(recent).toHaveLength(2);
  });

  it('of one instant are told apart by their ids', () => {
    const instant = { occurredAt: EARLY };
    const views = Array.from({ length: 20 }, (_, n) =>
      anEvent('page.viewed', { ...instant, id: `view-${n}` }),
    );

    const { tallies, recent } = fold(fold(nobody, views), views).signals;

    expect(tallies['page.viewed']?.count).toBe(20);
    expect(recent).toHaveLength(20);
  });

  it('keep the time of the last, in whatever order they come', () => {
    for (const { signals } of folded(
      anEvent('page.viewed', { occurredAt: LATE }),
      anEvent('page.viewed', { occurredAt: EARLY }),
    )) {
      expect(signals.tallies['page.viewed']).toEqual({ count: 2, last: LATE });
    }
  });

  it('beyond those remembered are forgotten, oldest first', () => {
    const views = Array.from({ length: 40 }, (_, n) =>
      anEvent('page.viewed', { occurredAt: new Date(Date.parse(EARLY) + n * 1_000).toISOString() }),
    );

    const { recent, tallies } = fold(nobody, views).signals;

    expect(recent).toHaveLength(32);
    expect(recent[0]).toContain('2026-01-01T00:00:08.000Z');
    expect(tallies['page.viewed']?.count).toBe(40);
  });
});

describe('days beyond those kept', () => {
  const dayOf = (n: number) => new Date(Date.parse('2024-01-01T12:00:00Z') + n * 86_400_000).toISOString();

  it('are summed up, with the days that had orders', () => {
    const { days, older } = fold(nobody, [
      aSale(700, { occurredAt: dayOf(0) }),
      aReturn(200, { occurredAt: dayOf(1) }),
      aSale(100, { occurredAt: dayOf(DAYS_KEPT) }),
      aSale(10, { occurredAt: dayOf(DAYS_KEPT + 1) }),
    ]).history;

    expect(older).toEqual({ orderDays: [{ day: 19_723, orders: 1 }], orders: 1, sales: 700, returns: 200 });
    expect(days.map(({ day, sales }) => [day, sales])).toEqual([
      [19_723 + DAYS_KEPT, 100],
      [19_724 + DAYS_KEPT, 10],
    ]);
  });
});
