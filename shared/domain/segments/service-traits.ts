import { careLevels, careOf, openComplaints, openTickets } from '../customers/care.ts';
import { householdOf } from '../customers/relations.ts';
import { type SurveyKind, scaleOf } from '../events/survey.ts';
import { stageOn } from '../insight/lifecycle.ts';
import { daysSinceInstant } from './purchases.ts';
import type { NumberTrait, Trait } from './trait.ts';

const latest = (summary: string, kind: SurveyKind): NumberTrait => ({
  kind: 'number',
  unit: 'score',
  summary,
  range: scaleOf(kind),
  of: ({ aggregate }) => aggregate.feedback[kind]?.score,
});

/** How a customer is served, and what they think of it. */
export const serviceTraits = {
  care: {
    kind: 'text',
    summary: 'how carefully to treat somebody today',
    values: careLevels,
    always: true,
    of: ({ aggregate, today }) => careOf(aggregate, today).level,
  },
  stageDays: {
    kind: 'number',
    unit: 'days',
    summary: 'time since the lifecycle stage began',
    of: ({ aggregate, today }) => {
      const { since } = stageOn(aggregate.history, today);
      return since === undefined ? undefined : today - since;
    },
  },
  nps: latest('latest answer of NPS', 'nps'),
  csat: latest('latest answer of CSAT', 'csat'),
  ces: latest('latest answer of CES', 'ces'),
  npsDays: {
    kind: 'number',
    unit: 'days',
    summary: 'time since the latest answer of NPS',
    of: (view) => daysSinceInstant(view, view.aggregate.feedback.nps?.at),
  },
  'tickets.open': {
    kind: 'number',
    unit: 'count',
    summary: 'number of open tickets',
    always: true,
    of: ({ aggregate }) => openTickets(aggregate),
  },
  'complaints.open': {
    kind: 'number',
    unit: 'count',
    summary: 'number of open complaints',
    always: true,
    of: ({ aggregate }) => openComplaints(aggregate),
  },
  household: {
    kind: 'text',
    summary: 'household',
    of: ({ aggregate }) => householdOf(aggregate.households),
  },
  referred: {
    kind: 'boolean',
    summary: 'brought by another customer',
    always: true,
    of: ({ aggregate }) => aggregate.referredBy !== undefined,
  },
  'coupons.redeemed': {
    kind: 'number',
    unit: 'count',
    summary: 'number of coupons redeemed',
    always: true,
    of: ({ aggregate }) => aggregate.facts['coupon.redeemed'] ?? 0,
  },
} as const satisfies Record<string, Trait>;
