import * as z from 'zod';
import { defineEvent } from './define-event.ts';

export const ContactChannel = z.enum(['email', 'sms']);
export type ContactChannel = z.infer<typeof ContactChannel>;

export const consentChanged = defineEvent({
  type: 'consent.changed',
  class: 'fact',
  summary: 'The customer allowed or forbade marketing on a channel. The latest word counts.',
  version: 1,
  data: z.looseObject({
    channel: ContactChannel,
    status: z.enum(['granted', 'withdrawn']),
    /** Where the customer said so, for the proof. */
    evidence: z.string().max(500).optional(),
  }),
  sample: { channel: 'email', status: 'granted', evidence: 'enrolment form 2026-03, till-3' },
});
