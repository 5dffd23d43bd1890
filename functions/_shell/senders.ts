import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { sesSender } from '../../shared/adapters/aws/ses-sender.ts';
import { smsSender } from '../../shared/adapters/aws/sms-sender.ts';
import { outboxSender } from '../../shared/adapters/outbox-sender.ts';
import { SenderSettings } from '../../shared/contracts/settings.ts';
import type { ContactChannel } from '../../shared/domain/events/consent-changed.ts';
import type { Sender } from '../../shared/ports/sender.ts';
import { setting } from './setting.ts';
import { clock, keyring, table } from './wiring.ts';

/** A retry after an answer that was lost on the way would send twice; the ledger decides about repeats, not the SDK. */
const once = { maxAttempts: 1 } as const;

/** A sender per channel, as this stage sends. Apart from wiring.ts, so that few functions carry its clients. */
export async function senders(): Promise<Record<ContactChannel, Sender>> {
  const { email, sms } = SenderSettings.parse(JSON.parse(setting('senders')));
  const outbox = outboxSender({ table: table(), keyring: await keyring(), clock });
  return {
    email: email.kind === 'ses' ? sesSender(new SESv2Client(once), email) : outbox,
    sms: sms.kind === 'end-user-messaging' ? smsSender(new PinpointSMSVoiceV2Client(once), sms) : outbox,
  };
}
