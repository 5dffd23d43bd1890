import * as z from 'zod';
import { defineEvent } from './define-event.ts';
import { KeyLabel, Label } from './receipt.ts';

export const ticketOpened = defineEvent({
  type: 'ticket.opened',
  class: 'fact',
  summary: 'A customer asked for help. Opened again after it was closed, it is open again.',
  version: 1,
  data: z.looseObject({
    /** The number that the help desk gave it. */
    ticket: KeyLabel,
    topic: Label.optional(),
    /** How the customer came: phone, chat, store. */
    channel: Label.optional(),
    store: Label.optional(),
  }),
  impersonal: ['ticket', 'topic', 'channel', 'store'],
  said: true,
  sample: { ticket: 'T-2041', topic: 'delivery', channel: 'chat' },
});
