import * as z from 'zod';
import { defineEvent } from './define-event.ts';
import { KeyLabel, keyOf, Label } from './receipt.ts';

export const severities = ['low', 'medium', 'high'] as const;
export type Severity = (typeof severities)[number];

export const complaintRecorded = defineEvent({
  type: 'complaint.recorded',
  class: 'fact',
  summary:
    'A customer complained. Open until ticket.closed names its ticket; one of high severity wants a call-back.',
  version: 1,
  data: z.looseObject({
    /** The number it is handled under; a complaint needs no ticket.opened beside it. */
    ticket: KeyLabel,
    severity: z.enum(severities),
    topic: Label.optional(),
    /** What it is about, as far as it is known. */
    store: Label.optional(),
    sku: Label.optional(),
    order: Label.optional(),
    text: z.string().max(5_000).optional(),
  }),
  naturalKey: ({ ticket }) => keyOf('complaint', ticket),
  namedBy: 'ticket names it',
  impersonal: ['ticket', 'severity', 'topic', 'store', 'sku', 'order'],
  said: true,
  sample: {
    ticket: 'C-118',
    severity: 'high',
    topic: 'quality',
    store: 'ams-01',
    sku: 'MILK-900',
    text: 'The tin was open when I bought it.',
  },
});
