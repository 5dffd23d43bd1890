import { describe, expect, it } from 'vitest';
import { nobody } from '../../../../../shared/domain/customers/aggregate.ts';
import { careDefaults, careOf, waitingForCall } from '../../../../../shared/domain/customers/care.ts';
import { fold } from '../../../../../shared/domain/customers/measure.ts';
import type { AcceptedEvent } from '../../../../../shared/domain/events/event.ts';
import { type Day, dayFromIso, MILLIS_PER_DAY } from '../../../../../shared/domain/kernel/day.ts';
import { anEvent } from '../../../../builders/an-event.ts';

const TODAY = dayFromIso('2026-03-31');
const ago = (days: number): string => new Date((TODAY - days) * MILLIS_PER_DAY + 36_000_000).toISOString();

const complains = (days: number, severity: string, ticket = 'C-1') =>
  anEvent('complaint.recorded', { occurredAt: ago(days), data: { ticket, severity } });
const isCalled = (days: number, ticket = 'C-1') =>
  anEvent('callback.made', { occurredAt: ago(days), data: { ticket } });
const closes = (days: number, ticket = 'C-1') =>
  anEvent('ticket.closed', { occurredAt: ago(days), data: { ticket } });
const opens = (days: number, ticket = 'T-1') =>
  anEvent('ticket.opened', { occurredAt: ago(days), data: { ticket } });
const answers = (days: number, kind: string, score: number) =>
  anEvent('survey.answered', { occurredAt: ago(days), data: { kind, score } });
const rates = (days: number, rating: number) =>
  anEvent('review.written', { occurredAt: ago(days), data: { rating } });

const care = (...events: readonly AcceptedEvent[]) => careOf(fold(nobody, events), TODAY);

describe('how carefully to treat a customer', () => {
  it.each([
    ['of whom nothing is known', [], 'normal', []],
    ['who complained yesterday', [complains(1, 'high')], 'high', ['complaint-open', 'complaint-lately']],
    ['whose complaint is small', [complains(20, 'low')], 'attention', ['complaint-waiting']],
    ['who complained 29 days ago', [complains(29, 'medium')], 'high', ['complaint-open']],
    ['who complained 30 days ago', [complains(30, 'medium')], 'attention', ['complaint-waiting']],
    ['who complained half a year ago', [complains(180, 'high')], 'normal', []],
    ['who was called', [complains(20, 'high'), isCalled(19)], 'attention', ['complaint-waiting']],
    [
      'whose complaint was settled at once',
      [complains(13, 'high'), closes(13)],
      'attention',
      ['complaint-lately'],
    ],
    ['whose complaint was settled a while ago', [complains(14, 'high'), closes(14)], 'normal', []],
    [
      'with one of two complaints settled',
      [complains(20, 'high'), closes(1), complains(20, 'high', 'C-2')],
      'high',
      ['complaint-open'],
    ],
    ['with a ticket of this week', [opens(3)], 'normal', []],
    ['with a ticket that waits', [opens(4)], 'attention', ['ticket-waiting']],
    ['with a ticket that waits no more', [opens(4), closes(2, 'T-1')], 'normal', []],
    [
      'with a ticket that was opened again',
      [opens(30), closes(20, 'T-1'), opens(9)],
      'attention',
      ['ticket-waiting'],
    ],
    ['with a ticket that nobody ever closed', [opens(90)], 'normal', []],
    ['who would not recommend us', [answers(59, 'nps', 6)], 'attention', ['low-score']],
    ['who would not have, long ago', [answers(60, 'nps', 0)], 'normal', []],
    ['who is neutral', [answers(1, 'nps', 7)], 'normal', []],
    ['who had it hard', [answers(1, 'ces', 3)], 'attention', ['low-score']],
    ['who had changed their mind', [answers(9, 'csat', 1), answers(2, 'csat', 5)], 'normal', []],
    ['who gave two stars', [rates(1, 2)], 'attention', ['low-score']],
  ] as const)('%s', (_who, events, level, reasons) => {
    for (const inTurn of [events, events.toReversed()]) expect(care(...inTurn)).toEqual({ level, reasons });
  });

  it('follows rules of its own, and decays by the day alone', () => {
    const state = fold(nobody, [complains(0, 'high')]);
    const rules = { ...careDefaults, complaintHighDays: 2, complaintDays: 4, afterComplaintDays: 0 };

    const levels = [0, 1, 2, 3, 4].map((days) => careOf(state, (TODAY + days) as Day, rules).level);

    expect(levels).toEqual(['high', 'high', 'attention', 'attention', 'normal']);
  });
});

describe('a call-back', () => {
  const waits = (...events: readonly AcceptedEvent[]) => waitingForCall(fold(nobody, events));

  it('is due to those who complained of something grave, the longest waiting first', () => {
    expect(waits(complains(1, 'high'), complains(3, 'high', 'C-2'), complains(5, 'medium', 'C-3'))).toEqual([
      { ticket: 'C-2', since: ago(3) },
      { ticket: 'C-1', since: ago(1) },
    ]);
  });

  it.each([
    ['called', isCalled(1)],
    ['settled', closes(1)],
    ['settled in the same instant', closes(2)],
  ])('is no longer due when they were %s, whichever is told first', (_how, over) => {
    expect(waits(complains(2, 'high'), over)).toEqual([]);
    expect(waits(over, complains(2, 'high'))).toEqual([]);
  });
});

describe('tickets beyond those kept', () => {
  it('are let go, those heard of longest ago first, in whatever order they come', () => {
    const all = Array.from({ length: 25 }, (_, n) => opens(n, `T-${n}`));

    const { tickets } = fold(nobody, all);

    expect(Object.keys(tickets)).toHaveLength(20);
    expect(tickets).not.toHaveProperty('T-20');
    expect(fold(nobody, all.toReversed()).tickets).toEqual(tickets);
  });
});
