import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type Question, refusalReasons } from '../../../../../shared/domain/campaigns/gate.ts';
import { aCustomer, aCustomerId } from '../../../../builders/a-customer.ts';

const now = '2026-03-31T10:00:00.000Z';

/** Somebody who may be written to and is not held out; pass what stands in the way. */
const question = (change: Partial<Question> = {}): Question => ({
  campaign: { id: 'spring', channel: 'email', holdout: 0 },
  view: aCustomer({ consent: { email: 'granted' } }),
  contacts: [],
  suppressed: false,
  hasAddress: true,
  settings: { frequencyCap: { messages: 2, days: 7 } },
  now,
  ...change,
});

const contact = (at: string) => ({ campaign: 'winter', at });
const refused = (reason: string) => ({ kind: 'refused', reason });

describe('a customer with an address, consent and peace', () => {
  it('is written to', () => {
    expect(decide(question())).toEqual({ kind: 'send' });
  });
});

describe('a customer who did not consent', () => {
  it.each([
    ['silence', {}, 'no-consent'],
    ['consent to another channel', { sms: 'granted' }, 'no-consent'],
    ['a withdrawal', { email: 'withdrawn' }, 'consent-withdrawn'],
    ['a word that is not known here', { email: 'maybe' as 'granted' }, 'no-consent'],
  ] as const)('by %s is refused', (_what, consent, reason) => {
    expect(decide(question({ view: aCustomer({ consent }) }))).toEqual(refused(reason));
  });

  it('is asked for the consent of the channel', () => {
    const bySms = { id: 'spring', channel: 'sms', holdout: 0 } as const;

    expect(decide(question({ campaign: bySms }))).toEqual(refused('no-consent'));
    expect(decide(question({ campaign: bySms, view: aCustomer({ consent: { sms: 'granted' } }) }))).toEqual({
      kind: 'send',
    });
  });
});

describe('the frequency cap', () => {
  const at = (...times: string[]) => decide(question({ contacts: times.map(contact) }));

  it('lets two messages in seven days through, and no third', () => {
    expect(at('2026-03-30T10:00:00.000Z')).toEqual({ kind: 'send' });
    expect(at('2026-03-30T10:00:00.000Z', '2026-03-31T09:00:00.000Z')).toEqual(refused('frequency-cap'));
  });

  it('forgets a message after exactly seven days', () => {
    const recent = '2026-03-30T10:00:00.000Z';

    expect(at(recent, '2026-03-24T10:00:00.000Z')).toEqual({ kind: 'send' });
    expect(at(recent, '2026-03-24T10:00:00.001Z')).toEqual(refused('frequency-cap'));
  });

  it('counts a message of another clock that runs ahead, and one whose time cannot be read', () => {
    expect(at('2026-04-02T10:00:00.000Z', 'yesterday')).toEqual(refused('frequency-cap'));
  });

  it('counts everything where its own time cannot be read', () => {
    const contacts = [contact('2020-01-01T00:00:00.000Z'), contact('2020-01-02T00:00:00.000Z')];

    expect(decide(question({ contacts, now: 'now' }))).toEqual(refused('frequency-cap'));
  });
});

describe('the order of reasons', () => {
  /** What stands in the way for each reason, one more at a time. */
  const obstacles: Readonly<Record<string, Partial<Question>>> = {
    'no-address': { hasAddress: false },
    suppressed: { suppressed: true },
    'no-consent': { view: aCustomer() },
    'consent-withdrawn': { view: aCustomer({ consent: { email: 'withdrawn' } }) },
    'frequency-cap': { contacts: [contact(now), contact(now)] },
  };

  it('is documented, and every reason can come up', () => {
    expect(refusalReasons).toEqual(Object.keys(obstacles));
    for (const [reason, obstacle] of Object.entries(obstacles)) {
      expect(decide(question(obstacle))).toEqual(refused(reason));
    }
  });

  it('gives the first reason of any that apply, and holds nobody out who would be refused', () => {
    fc.assert(
      fc.property(fc.subarray(Object.keys(obstacles), { minLength: 1 }), (reasons) => {
        // Silence and a withdrawal exclude each other: the last of the two stands.
        const change = Object.assign({}, ...reasons.map((reason) => obstacles[reason])) as Partial<Question>;
        const first = reasons.find(
          (reason) => reason !== 'no-consent' || !reasons.includes('consent-withdrawn'),
        );
        const verdict = decide(
          question({ ...change, campaign: { id: 'spring', channel: 'email', holdout: 0.5 } }),
        );

        expect(verdict).toEqual(refused(first ?? ''));
      }),
    );
  });
});

describe('the hold-out', () => {
  const CUSTOMERS = 20_000;
  const heldOut = (holdout: number, id = 'spring'): number[] =>
    Array.from({ length: CUSTOMERS }, (_, n) => n).filter((n) => {
      const view = aCustomer({ id: aCustomerId(n), consent: { email: 'granted' } });
      return decide(question({ campaign: { id, channel: 'email', holdout }, view })).kind === 'held-out';
    });

  it('has the share that the campaign asks for, to four standard errors', () => {
    const share = heldOut(0.1).length / CUSTOMERS;

    expect(Math.abs(share - 0.1)).toBeLessThan(4 * Math.sqrt((0.1 * 0.9) / CUSTOMERS));
  });

  it('is the same when asked again, and another one for another campaign', () => {
    const spring = heldOut(0.2);
    const autumn = new Set(heldOut(0.2, 'autumn'));
    const both = spring.filter((n) => autumn.has(n)).length / CUSTOMERS;

    expect(heldOut(0.2)).toEqual(spring);
    expect(Math.abs(both - 0.04)).toBeLessThan(4 * Math.sqrt((0.04 * 0.96) / CUSTOMERS));
  });

  it('is empty where none is wanted', () => {
    expect(heldOut(0)).toEqual([]);
  });
});
