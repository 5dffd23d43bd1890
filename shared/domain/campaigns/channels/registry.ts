import type { ContactChannel } from '../../events/consent-changed.ts';
import type { ChannelDefinition } from './channel.ts';
import { email } from './email.ts';
import { sms } from './sms.ts';

/** A new channel is a name in ContactChannel, one module, and its mention here. */
export const channels: Readonly<Record<ContactChannel, ChannelDefinition>> = { email, sms };
