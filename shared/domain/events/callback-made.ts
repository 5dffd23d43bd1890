import * as z from 'zod';
import { defineEvent } from './define-event.ts';
import { KeyLabel, Label } from './receipt.ts';

export const callbackMade = defineEvent({
  type: 'callback.made',
  class: 'fact',
  summary: 'Who complained was called back. The complaint stays open until ticket.closed.',
  version: 1,
  data: z.looseObject({ ticket: KeyLabel, outcome: Label.optional() }),
  impersonal: ['ticket', 'outcome'],
  said: true,
  needsCustomer: true,
  sample: { ticket: 'C-118', outcome: 'replaced' },
});
