import * as z from 'zod';
import { ContactChannel } from '../domain/events/consent-changed.ts';
import { Ids } from '../domain/events/event.ts';
import { surveyKinds } from '../domain/events/survey.ts';
import { lifecycleStages, rfmCells, riskBands, valueTiers } from '../domain/insight/score.ts';
import { CustomerId } from '../domain/kernel/ids.ts';
import { CareAnswer } from './care-schemas.ts';

const Quintile = z.int().min(1).max(5);

export const ScoreAnswer = z.object({
  asOf: z.iso.date(),
  lifecycle: z.enum(lifecycleStages),
  rfm: z
    .object({ recency: Quintile, frequency: Quintile, monetary: Quintile, cell: z.enum(rfmCells) })
    .optional(),
  tier: z.enum(valueTiers).optional(),
  value: z
    .object({ alive: z.number(), purchases: z.number(), spend: z.number(), lifetime: z.number() })
    .optional(),
  churn: z
    .object({ probability: z.number(), band: z.enum(riskBands), reasons: z.array(z.string()).readonly() })
    .optional(),
});

const Share = z.object({ name: z.string(), orders: z.int(), units: z.number(), net: z.int() });

/** Minor units; net = gross - returned. */
export const Purchases = z.object({
  orders: z.int(),
  gross: z.int(),
  returned: z.int(),
  net: z.int(),
  discounts: z.int(),
  units: z.number(),
  /** Of the first and the last order. */
  firstDay: z.iso.date().optional(),
  lastDay: z.iso.date().optional(),
  /** Mean days from one day with an order to the next; absent with one such day. */
  rhythmDays: z.number().optional(),
});

const Answers = z.object({
  count: z.int(),
  average: z.number(),
  latest: z.object({ score: z.int(), at: z.string() }),
});

/** How often, and when last. */
const Tally = z.object({ count: z.int(), last: z.string() });

const Browsing = z.object({
  /** Prices are minor units. Emptied by the next sale. */
  cart: z
    .object({
      at: z.string(),
      value: z.number(),
      lines: z.array(z.object({ sku: z.string(), quantity: z.number() })).readonly(),
    })
    .optional(),
  /** The last one first. */
  viewed: z.array(z.object({ sku: z.string(), at: z.string(), category: z.string().optional() })),
  searched: z.object({ query: z.string(), at: z.string() }).optional(),
});

/** Which parts are there hangs on the caller's roles. */
export const CustomerAnswer = z.object({
  id: CustomerId,
  /** Oldest first. */
  profiles: z.array(z.string()),
  enrolledAt: z.string().optional(),
  firstSeen: z.string().optional(),
  lastSeen: z.string().optional(),
  /** Masked for most: enough to recognise, not enough to use. */
  contact: z.object({
    name: z.string().optional(),
    email: z.string().optional(),
    phone: z.string().optional(),
  }),
  currency: z.string(),
  /** Of today, whatever night there was last. */
  lifecycle: z.object({ stage: z.enum(lifecycleStages), since: z.iso.date().optional() }).optional(),
  care: CareAnswer.optional(),
  purchases: Purchases.optional(),
  categories: z.array(Share).optional(),
  channels: z.array(Share).optional(),
  stores: z.array(Share).optional(),
  /** Paid by each means, before refunds; minor units. */
  payments: z.record(z.string(), z.int()).optional(),
  consent: z.record(ContactChannel, z.enum(['granted', 'withdrawn', 'unknown'])).optional(),
  traits: z.record(z.string(), z.string()).optional(),
  /** The others in it, at most 20; `more` where there may be others still. */
  household: z
    .object({ name: z.string(), members: z.array(CustomerId), more: z.literal(true).optional() })
    .optional(),
  /** Who brought them, once anything else is known of that customer. */
  referredBy: CustomerId.optional(),
  feedback: z.partialRecord(z.enum([...surveyKinds, 'review']), Answers).optional(),
  coupons: z.object({ redeemed: z.int(), shown: z.int() }).optional(),
  /** What became of messages, by senders outside. */
  messages: z
    .object({ delivered: Tally.optional(), opened: Tally.optional(), clicked: Tally.optional() })
    .optional(),
  browsing: Browsing.optional(),
  score: ScoreAnswer.optional(),
});

export const LookUp = Ids;

const Told = z.object({
  id: z.string(),
  type: z.string(),
  occurredAt: z.string(),
  source: z.string(),
  data: z.record(z.string(), z.unknown()).optional(),
  /** What the customer said in it, for the privacy role alone. */
  said: z.record(z.string(), z.unknown()).optional(),
});

export const TimelineAnswer = z.object({
  /** Newest first. */
  events: z.array(
    Told.extend({
      /** Of a receipt: returns, corrections and voids that did not name this customer, oldest first, at most 10. */
      byOthers: z.array(Told).optional(),
    }),
  ),
  cursor: z.string().optional(),
});
