import * as z from 'zod';
import { ContactChannel } from '../domain/events/consent-changed.ts';
import { Slug } from '../domain/kernel/ids.ts';

/** A rule as it is sent; shared/domain/segments reads it and names every mistake. */
const RuleInput = z.looseObject({}).meta({
  description:
    'and/or/not over traits and scores, for example {"and":[{"trait":"recencyDays","atMost":90},{"trait":"tier","is":"gold"}]}',
});

export const SegmentInput = z.strictObject({ name: z.string().min(1).max(100), rule: RuleInput });

export const SegmentAnswer = z.object({ id: Slug, name: z.string(), rule: RuleInput, reads: z.string() });
export const SegmentList = z.object({ segments: z.array(SegmentAnswer) });

export const EstimateInput = z.strictObject({ rule: RuleInput });
/** Customers who match, with a 95 % interval; exact where everybody was looked at. */
export const EstimateAnswer = z.object({
  estimate: z.int(),
  low: z.int(),
  high: z.int(),
  exact: z.boolean(),
  population: z.int(),
  sampled: z.int(),
  reads: z.string(),
});

export const CampaignInput = z.strictObject({
  name: z.string().min(1).max(100),
  channel: ContactChannel,
  segment: Slug.optional(),
  rule: RuleInput.optional(),
  template: z.strictObject({ subject: z.string().optional(), body: z.string() }),
  holdout: z.number().min(0).max(0.5).optional(),
});

export const CampaignAnswer = z.looseObject({
  id: Slug,
  name: z.string(),
  channel: ContactChannel,
  status: z.enum(['draft', 'running', 'done']),
});
export const CampaignList = z.object({ campaigns: z.array(CampaignAnswer) });

/** audience = sent + heldOut + the sum of refused. */
export const CampaignReport = z.object({
  campaign: Slug,
  status: z.enum(['draft', 'running', 'done']),
  shards: z.object({ done: z.int(), of: z.int() }),
  audience: z.int(),
  sent: z.int(),
  heldOut: z.int(),
  refused: z.record(z.string(), z.int()),
  /** Of those sent: came back for good, or were called spam. */
  feedback: z.object({ bounced: z.int(), complained: z.int() }),
});

export const OutboxAnswer = z.object({
  messages: z.array(
    z.object({
      customer: z.string(),
      channel: ContactChannel,
      at: z.string(),
      to: z.string().optional(),
      subject: z.string().optional(),
      body: z.string().optional(),
      erased: z.boolean().optional(),
    }),
  ),
  cursor: z.string().optional(),
});

export const RunAnswer = z.looseObject({
  asOf: z.iso.date(),
  status: z.enum(['running', 'done', 'failed']),
  startedAt: z.string(),
});
export const RunList = z.object({ current: z.iso.date().optional(), runs: z.array(RunAnswer) });
