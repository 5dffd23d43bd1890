import * as z from 'zod';
import { defineEvent } from './define-event.ts';
import { Label } from './receipt.ts';

export const referralRecorded = defineEvent({
  type: 'referral.recorded',
  class: 'fact',
  summary: 'The customer was brought by another one. The earliest referral counts.',
  version: 1,
  data: z.looseObject({
    /** What it ran under, for example a referral programme. */
    programme: Label.optional(),
  }),
  impersonal: ['programme'],
  said: true,
  related: 'who brought them',
  needsCustomer: true,
  sample: { programme: 'bring-a-friend' },
});
