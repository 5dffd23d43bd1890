import { nobody } from '../customers/aggregate.ts';
import type { CustomerView } from '../customers/view.ts';
import { dayFromIso, daysBefore, type IsoDate } from '../kernel/day.ts';
import type { CustomerId } from '../kernel/ids.ts';

const today = dayFromIso('2026-03-31');

/** Two customers for the examples of operators: one who comes often … */
export const regular: CustomerView = {
  id: 'member_aaaaaaaaaaaaaaaaaaaaaaaaaa' as CustomerId,
  today,
  aggregate: {
    ...nobody,
    history: {
      days: [
        { day: daysBefore(today, 60), orders: 2, sales: 9_000, returns: 0 },
        { day: daysBefore(today, 20), orders: 1, sales: 6_000, returns: 1_000 },
      ],
      older: { orderDays: [{ day: daysBefore(today, 500), orders: 1 }], orders: 1, sales: 2_000, returns: 0 },
    },
    units: 12,
    stores: { 'ams-01': { orders: 3, units: 9, net: 11_000 }, web: { orders: 1, units: 3, net: 5_000 } },
    consent: { email: { status: 'granted', at: '2025-01-01T09:00:00.000Z' } },
    enrolledAt: '2025-01-01T09:00:00.000Z',
    traits: { language: { value: 'nl', at: '2025-01-01T09:00:00.000Z' } },
  },
  score: {
    asOf: '2026-03-30' as IsoDate,
    lifecycle: 'loyal',
    rfm: { recency: 4, frequency: 5, monetary: 5, cell: 'champions' },
    tier: 'gold',
    churn: { probability: 0.2, band: 'low', reasons: [] },
  },
};

/** … and one of whom no more is known than an identifier. */
export const lead: CustomerView = {
  id: 'email_bbbbbbbbbbbbbbbbbbbbbbbbbb' as CustomerId,
  today,
  aggregate: nobody,
  score: undefined,
};
