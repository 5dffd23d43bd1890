import { type Totals, totalsOf } from '../customers/totals.ts';
import type { CustomerView } from '../customers/view.ts';
import type { ContactChannel } from '../events/consent-changed.ts';
import { featuresAsOf } from '../insight/features.ts';
import { lifecycleOf } from '../insight/lifecycle.ts';
import { lifecycleStages, rfmCells, riskBands, valueTiers } from '../insight/score.ts';
import { browsingTraits } from './browsing-traits.ts';
import { favourite } from './keyed-traits.ts';
import { ageDays, averageOrder, daysSinceInstant, orderDays, recencyDays, rhythmDays } from './purchases.ts';
import { serviceTraits } from './service-traits.ts';
import type { BooleanTrait, NumberTrait, TextTrait, Trait } from './trait.ts';

/** A count or a sum: everybody has one, and it starts at zero. */
const total = (
  unit: NumberTrait['unit'],
  summary: string,
  of: (view: CustomerView) => number,
): NumberTrait => ({
  kind: 'number',
  unit,
  summary,
  always: true,
  of,
});

/** A sum over all purchases. */
const sum = (
  unit: NumberTrait['unit'],
  summary: string,
  field: Exclude<keyof Totals, 'lastDay'>,
): NumberTrait => total(unit, summary, ({ aggregate }) => totalsOf(aggregate)[field]);

const days = (summary: string, of: NumberTrait['of']): NumberTrait => ({
  kind: 'number',
  unit: 'days',
  summary,
  of,
});

const quintile = (summary: string, of: NumberTrait['of']): NumberTrait => ({
  kind: 'number',
  unit: 'quintile',
  summary,
  range: [1, 5],
  of,
});

const text = (summary: string, of: TextTrait['of']): TextTrait => ({ kind: 'text', summary, of });

const oneOf = (values: readonly string[], summary: string, of: TextTrait['of']): TextTrait => ({
  kind: 'text',
  summary,
  values,
  of,
});

/** Silence is 'unknown', and unknown is not granted. */
const consent = (summary: string, channel: ContactChannel): TextTrait => ({
  kind: 'text',
  summary,
  values: ['granted', 'withdrawn', 'unknown'],
  always: true,
  of: ({ aggregate }) => aggregate.consent[channel]?.status ?? 'unknown',
});

const enrolled: BooleanTrait = {
  kind: 'boolean',
  summary: 'enrolled as a member',
  always: true,
  of: ({ aggregate }) => aggregate.enrolledAt !== undefined,
};

function lastView({ aggregate: { signals } }: CustomerView): string | undefined {
  const page = signals.tallies['page.viewed']?.last;
  const product = signals.tallies['product.viewed']?.last;
  return product === undefined || (page !== undefined && page > product) ? page : product;
}

/**
 * Everything that rules can ask about a customer, by name. Money is in minor units, net of returns unless
 * it says otherwise. Traits of the score have no value before the first night.
 */
export const traits = {
  orders: sum('count', 'number of orders', 'orders'),
  orderDays: total('count', 'number of days with an order', orderDays),
  spent: sum('minor units', 'net spend', 'net'),
  gross: sum('minor units', 'spend before returns', 'gross'),
  returned: sum('minor units', 'value of returned goods', 'returned'),
  averageOrder: { kind: 'number', unit: 'minor units', summary: 'net spend per order', of: averageOrder },
  recencyDays: days('time since the last order', recencyDays),
  ageDays: days('time since the first order', ageDays),
  rhythmDays: days('mean time from one day with an order to the next', rhythmDays),
  units: sum('count', 'number of units bought', 'units'),
  discounts: sum('minor units', 'sum of discounts', 'discounts'),
  favouriteChannel: text('favourite channel', favourite('channel')),
  favouriteStore: text('favourite store', favourite('store')),
  favouriteCategory: text('favourite category', favourite('category')),

  lifecycle: {
    kind: 'text',
    summary: 'lifecycle stage of today',
    values: lifecycleStages,
    always: true,
    of: ({ aggregate, today }) => lifecycleOf(featuresAsOf(aggregate.history, today)),
  },
  tier: oneOf(valueTiers, 'value tier', ({ score }) => score?.tier),
  'rfm.cell': oneOf(rfmCells, 'RFM cell', ({ score }) => score?.rfm?.cell),
  'rfm.recency': quintile('RFM recency', ({ score }) => score?.rfm?.recency),
  'rfm.frequency': quintile('RFM frequency', ({ score }) => score?.rfm?.frequency),
  'rfm.monetary': quintile('RFM monetary value', ({ score }) => score?.rfm?.monetary),
  'value.lifetime': {
    kind: 'number',
    unit: 'minor units',
    summary: 'expected margin of the coming year',
    of: ({ score }) => score?.value?.lifetime,
  },
  'value.purchases': {
    kind: 'number',
    unit: 'count',
    summary: 'expected number of purchase days in the coming year',
    of: ({ score }) => score?.value?.purchases,
  },
  'churn.probability': {
    kind: 'number',
    unit: 'probability',
    summary: 'probability of churn',
    range: [0, 1],
    of: ({ score }) => score?.churn?.probability,
  },
  'churn.band': oneOf(riskBands, 'churn risk', ({ score }) => score?.churn?.band),

  'consent.email': consent('consent to e-mail', 'email'),
  'consent.sms': consent('consent to SMS', 'sms'),
  enrolled,
  memberDays: days('time since enrolment', (view) => daysSinceInstant(view, view.aggregate.enrolledAt)),
  language: text('language', ({ aggregate }) => aggregate.traits['language']?.value),
  homeStore: text('home store', ({ aggregate }) => aggregate.traits['homeStore']?.value),
  'views.pages': total(
    'count',
    'number of pages viewed',
    ({ aggregate }) => aggregate.signals.tallies['page.viewed']?.count ?? 0,
  ),
  'views.products': total(
    'count',
    'number of products viewed',
    ({ aggregate }) => aggregate.signals.tallies['product.viewed']?.count ?? 0,
  ),
  lastViewDays: days('time since the last view', (view) => daysSinceInstant(view, lastView(view))),
  ...serviceTraits,
  ...browsingTraits,
} as const satisfies Record<string, Trait>;
