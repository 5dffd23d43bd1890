import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nobody } from '../../../../../shared/domain/customers/aggregate.ts';
import { fold } from '../../../../../shared/domain/customers/measure.ts';
import type { AcceptedEvent } from '../../../../../shared/domain/events/event.ts';
import { current, readEvent } from '../../../../../shared/domain/events/read-event.ts';
import { aSubmission } from '../../../../builders/a-submission.ts';
import { anEvent } from '../../../../builders/an-event.ts';

const at = (hour: number): string => `2026-03-14T0${hour}:00:00.000Z`;

/** One word on consent, as a release kept it that knew version 1, and as today's does. */
const word = fc
  .record({
    channel: fc.constantFrom('email', 'sms'),
    status: fc.constantFrom('granted', 'withdrawn'),
    hour: fc.integer({ min: 0, max: 5 }),
  })
  .map(({ hour, ...said }): { old: AcceptedEvent; today: AcceptedEvent } => {
    const today = anEvent('consent.changed', {
      occurredAt: at(hour),
      data: { ...said, purpose: 'marketing', evidence: { note: 'form' } },
    });
    return {
      today,
      old: { ...today, version: 1, data: { ...said, evidence: 'form' } } as unknown as AcceptedEvent,
    };
  });

describe('an event of an older version', () => {
  it('folds like one of today, in any order and mixture', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.boolean()), { minLength: 1, maxLength: 8 }), (words) => {
        const mixed = words.map(([{ old, today }, isOld]) => (isOld ? old : today));
        const wanted = fold(
          nobody,
          words.map(([{ today }]) => today),
        );

        expect(fold(nobody, mixed)).toEqual(wanted);
        expect(fold(nobody, mixed.toReversed())).toEqual(wanted);
      }),
    );
  });

  it('from the archive is lifted to what today’s would be, and today’s stays as it is', () => {
    fc.assert(
      fc.property(word, ({ old, today }) => {
        expect(current(old)).toEqual(today);
        expect(current(today)).toBe(today);
      }),
    );
  });

  it.each([
    ['nothing for evidence', {}, {}],
    ['evidence in the words of today', { evidence: { note: 'form' } }, { evidence: { note: 'form' } }],
  ])('is lifted with %s, too', (_, said, lifted) => {
    const word = { channel: 'sms', status: 'withdrawn' } as const;
    const old = {
      ...anEvent('consent.changed'),
      version: 1,
      data: { ...word, ...said },
    } as unknown as AcceptedEvent;

    expect(current(old).data).toEqual({ ...word, purpose: 'marketing', ...lifted });
  });

  it('is taken without its version too, and told apart from nonsense in today’s words', () => {
    const told = (data: Record<string, unknown>) => ({ ...aSubmission('consent.changed'), data });

    const { happening } = readEvent(told({ channel: 'sms', status: 'granted', evidence: 'form' }));

    expect(happening.data).toMatchObject({ purpose: 'marketing', evidence: { note: 'form' } });
    expect(() => readEvent(told({ channel: 'fax', status: 'granted', evidence: 'form' }))).toThrow(
      'data.channel',
    );
    expect(() =>
      readEvent({ ...told({ channel: 'sms', status: 'granted', evidence: 'form' }), version: 2 }),
    ).toThrow('data.evidence');
  });
});

describe('consent to something else than marketing', () => {
  it('is a fact, and lets nobody write', () => {
    const profiling = anEvent('consent.changed', {
      data: { channel: 'email', status: 'granted', purpose: 'profiling' },
    });

    expect(fold(nobody, [profiling])).toMatchObject({ consent: {}, facts: { 'consent.changed': 1 } });
  });
});
