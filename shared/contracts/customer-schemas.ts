import * as z from 'zod';
import { ContactChannel } from '../domain/events/consent-changed.ts';
import { Ids } from '../domain/events/event.ts';
import { lifecycleStages, rfmCells, riskBands, valueTiers } from '../domain/insight/score.ts';
import { CustomerId } from '../domain/kernel/ids.ts';

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

export const CustomerAnswer = z.object({
  id: CustomerId,
  /** Oldest first. */
  profiles: z.array(z.string()),
  enrolledAt: z.string().optional(),
  firstSeen: z.string().optional(),
  lastSeen: z.string().optional(),
  /** Masked: enough to recognise, not enough to use. */
  contact: z.object({
    name: z.string().optional(),
    email: z.string().optional(),
    phone: z.string().optional(),
  }),
  currency: z.string(),
  /** Minor units; net = gross - returned. */
  purchases: z.object({
    orders: z.int(),
    gross: z.int(),
    returned: z.int(),
    net: z.int(),
    discounts: z.int(),
    units: z.number(),
    lastDay: z.iso.date().optional(),
  }),
  categories: z.array(Share),
  channels: z.array(Share),
  stores: z.array(Share),
  consent: z.record(ContactChannel, z.enum(['granted', 'withdrawn', 'unknown'])),
  traits: z.record(z.string(), z.string()),
  score: ScoreAnswer.optional(),
});

export const LookUp = Ids;

export const TimelineAnswer = z.object({
  /** Newest first. */
  events: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      occurredAt: z.string(),
      source: z.string(),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
  cursor: z.string().optional(),
});
