import * as z from 'zod';
import { defineEvent } from './define-event.ts';
import { KeyLabel, Label } from './receipt.ts';

export const ticketClosed = defineEvent({
  type: 'ticket.closed',
  class: 'fact',
  summary: 'A ticket or complaint was settled. It may be told before the opening.',
  version: 1,
  data: z.looseObject({ ticket: KeyLabel, outcome: Label.optional() }),
  impersonal: ['ticket', 'outcome'],
  said: true,
  needsCustomer: true,
  sample: { ticket: 'T-2041', outcome: 'solved' },
});
