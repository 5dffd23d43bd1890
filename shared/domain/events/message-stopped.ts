import * as z from 'zod';
import { ContactChannel } from './consent-changed.ts';
import { defineEvent } from './define-event.ts';
import { Label } from './receipt.ts';

export const messageStopped = defineEvent({
  type: 'message.stopped',
  class: 'fact',
  summary:
    'A sender outside heard that there must be no more: the address bounced for good, the customer called it spam or unsubscribed. The address among the ids is closed at once; without one, or by unsubscribing, consent to the channel is withdrawn.',
  version: 1,
  data: z.looseObject({
    kind: z.enum(['bounced', 'complained', 'unsubscribed']),
    channel: ContactChannel,
    campaign: Label.optional(),
  }),
  impersonal: ['kind', 'channel', 'campaign'],
  said: true,
  needsCustomer: true,
  sample: { kind: 'bounced', channel: 'email', campaign: 'spring' },
});
