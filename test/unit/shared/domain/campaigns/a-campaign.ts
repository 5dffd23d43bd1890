import type * as z from 'zod';
import { Campaign } from '../../../../../shared/domain/campaigns/campaign.ts';

type Draft = z.input<typeof Campaign>;

export const draft = {
  id: 'spring',
  name: 'Spring greetings',
  channel: 'email',
  segment: 'loyal',
  template: { subject: 'Spring is here', body: "<p>Dear {{ name | default: 'friend' }}</p>" },
} as const satisfies Draft;

/** A valid e-mail campaign; pass only what the test is about. */
export const aCampaign = (change: Partial<Draft> = {}): Campaign => Campaign.parse({ ...draft, ...change });
