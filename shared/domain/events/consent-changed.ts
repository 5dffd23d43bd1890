import * as z from 'zod';
import { defineEvent } from './define-event.ts';

export const ContactChannel = z.enum(['email', 'sms']);
export type ContactChannel = z.infer<typeof ContactChannel>;

const Name = z.string().trim().min(1).max(64);

/** What the gate asks for. A word on another purpose, such as profiling, is kept and lets nobody write. */
export const MARKETING = 'marketing';

export const consentChanged = defineEvent({
  type: 'consent.changed',
  class: 'fact',
  summary: 'The customer allowed or forbade something on a channel. The latest word counts.',
  version: 2,
  data: z.looseObject({
    channel: ContactChannel,
    /** Left out, marketing. */
    purpose: Name.optional(),
    status: z.enum(['granted', 'withdrawn']),
    /** For the proof: where the customer said so, and which wording was in front of them. */
    evidence: z.looseObject({ note: z.string().max(500).optional(), wording: Name.optional() }).optional(),
  }),
  upcast: {
    1: ({ evidence, ...data }) => ({
      ...data,
      purpose: MARKETING,
      ...(evidence === undefined
        ? {}
        : { evidence: typeof evidence === 'string' ? { note: evidence } : evidence }),
    }),
  },
  needsCustomer: true,
  sample: {
    channel: 'email',
    purpose: MARKETING,
    status: 'granted',
    evidence: { note: 'enrolment form, till-3', wording: '2026-03' },
  },
  older: {
    1: {
      sample: { channel: 'email', status: 'granted', evidence: 'enrolment form 2026-03, till-3' },
      changed: 'purpose was added, and evidence tells the wording apart from the note.',
    },
  },
});
