import type { ChannelDefinition, MessageFault, RenderedMessage } from './channel.ts';
import { smsParts } from './sms-parts.ts';

/** Each part is paid for. */
export const MOST_PARTS = 4;

function check({ body }: RenderedMessage): MessageFault | undefined {
  if (body.trim() === '') return 'body-empty';
  return smsParts(body).parts > MOST_PARTS ? 'too-many-parts' : undefined;
}

export const sms: ChannelDefinition = {
  name: 'an SMS',
  consent: 'sms',
  address: 'phone',
  hasSubject: false,
  format: 'text',
  check,
};
