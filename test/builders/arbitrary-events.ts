import fc from 'fast-check';
import type { AcceptedEvent } from '../../shared/domain/events/event.ts';
import { anEvent, aReturn, aSale, profile } from './an-event.ts';

const START = Date.parse('2024-06-01T08:00:00Z');

/** An instant within 900 days, so that histories reach beyond what is kept day by day. */
const instant = fc
  .integer({ min: 0, max: 900 * 24 * 60 })
  .map((minutes) => new Date(START + minutes * 60_000).toISOString());

const lines = fc.array(
  fc.record({
    sku: fc.constantFrom('TEA', 'MUG', 'POT'),
    quantity: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(0.125, 1.5, 2.0625)),
    unitPrice: fc.integer({ min: 50, max: 99_999 }),
    discount: fc.constantFrom(0, 0, 1, 5),
    category: fc.constantFrom('tea', 'ware', undefined),
  }),
  { minLength: 1, maxLength: 4 },
);

const receipt = fc.record({
  lines,
  store: fc.constantFrom('ams-01', 'ams-02'),
  channel: fc.constantFrom('store', 'web'),
  part: fc.constantFrom(1, 1, 1, 2),
});

const ticket = fc.constantFrom('T-1', 'T-2', 'T-3');
const sku = fc.constantFrom('TEA', 'MUG', 'POT');

/** What the service desk hears, and what the shop sees of somebody who looks around. */
const around = fc
  .oneof(
    fc.tuple(fc.constant('ticket.opened' as const), fc.record({ ticket })),
    fc.tuple(fc.constant('ticket.closed' as const), fc.record({ ticket })),
    fc.tuple(fc.constant('callback.made' as const), fc.record({ ticket })),
    fc.tuple(
      fc.constant('complaint.recorded' as const),
      fc.record({ ticket, severity: fc.constantFrom('low', 'medium', 'high') }),
    ),
    fc.tuple(
      fc.constant('survey.answered' as const),
      fc.record({ kind: fc.constantFrom('nps', 'ces'), score: fc.integer({ min: 1, max: 7 }) }),
    ),
    fc.tuple(fc.constant('review.written' as const), fc.record({ rating: fc.integer({ min: 1, max: 5 }) })),
    fc.tuple(fc.constant('coupon.redeemed' as const), fc.constant({})),
    fc.tuple(
      fc.constant('household.changed' as const),
      fc.record({ household: fc.constantFrom('H-1', 'H-2'), status: fc.constantFrom('joined', 'left') }),
    ),
    fc.tuple(
      fc.constant('message.stopped' as const),
      fc.record({
        kind: fc.constantFrom('bounced', 'unsubscribed'),
        channel: fc.constantFrom('email', 'sms'),
      }),
    ),
    fc.tuple(
      fc.constant('message.feedback' as const),
      fc.record({ kind: fc.constantFrom('opened', 'clicked') }),
    ),
    fc.tuple(
      fc.constant('product.added' as const),
      fc.record({ sku, quantity: fc.integer({ min: 1, max: 3 }) }),
    ),
    fc.tuple(
      fc.constant('cart.viewed' as const),
      fc.record({
        lines: fc.array(fc.record({ sku, unitPrice: fc.integer({ min: 0, max: 999 }) }), { maxLength: 3 }),
      }),
    ),
    fc.tuple(fc.constant('products.searched' as const), fc.record({ query: sku })),
  )
  .map(
    ([type, data]) =>
      (occurredAt: string): AcceptedEvent =>
        anEvent(type, { occurredAt, data }),
  );

const happening = fc.oneof(
  { weight: 5, arbitrary: around },
  { weight: 5, arbitrary: receipt.map((data) => (occurredAt: string) => aSale(0, { occurredAt, data })) },
  { weight: 2, arbitrary: receipt.map((data) => (occurredAt: string) => aReturn(0, { occurredAt, data })) },
  {
    weight: 1,
    arbitrary: fc
      .record({ channel: fc.constantFrom('email', 'sms'), status: fc.constantFrom('granted', 'withdrawn') })
      .map((data) => (occurredAt: string) => anEvent('consent.changed', { occurredAt, data })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('nl', 'de', 'fr').map(
      (language) => (occurredAt: string) =>
        anEvent('member.updated', {
          occurredAt,
          data: { language },
          linked: [profile(`dev${language}`, 'device')],
        }),
    ),
  },
  { weight: 1, arbitrary: fc.constant((occurredAt: string) => anEvent('member.enrolled', { occurredAt })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('bea', 'cas')
      .map(
        (who) => (occurredAt: string) => anEvent('referral.recorded', { occurredAt, related: profile(who) }),
      ),
  },
  { weight: 2, arbitrary: fc.constant((occurredAt: string) => anEvent('product.viewed', { occurredAt })) },
  {
    weight: 1,
    arbitrary: fc.constant((occurredAt: string) =>
      anEvent('adjustment.recorded', {
        occurredAt,
        data: { lines: [{ sku: 'TEA', quantity: -2, unitPrice: 125 }] },
      }),
    ),
  },
);

/** One to `maxLength` different events of one customer, in no order. */
export const events = (maxLength = 25): fc.Arbitrary<AcceptedEvent[]> =>
  fc.array(
    fc.tuple(happening, instant).map(([make, at]): AcceptedEvent => make(at)),
    { minLength: 1, maxLength },
  );
