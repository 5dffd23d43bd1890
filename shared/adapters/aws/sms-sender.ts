import {
  ConflictException,
  type PinpointSMSVoiceV2Client,
  SendTextMessageCommand,
  ValidationException,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import type { Sender, Sent } from '../../ports/sender.ts';

interface Settings {
  /** A phone number, sender id or pool of ours, or its ARN. */
  readonly originationIdentity: string;
}

/** Reasons that concern this number or text, and that waiting does not mend. All others concern our settings. */
const FINAL = new Set([
  'CANNOT_PARSE',
  'COUNTRY_CODE_MISMATCH',
  'COUNTRY_NOT_ENABLED',
  'DESTINATION_COUNTRY_BLOCKED',
  'DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION',
  'DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE',
  'DESTINATION_PHONE_NUMBER_NOT_VERIFIED',
  'DESTINATION_PHONE_NUMBER_OPTED_OUT',
  'FIELD_VALIDATION_FAILED',
  'INTERNATIONAL_SENDING_NOT_SUPPORTED',
  'INVALID_IDENTITY_FOR_DESTINATION_COUNTRY',
  'MAXIMUM_SIZE_EXCEEDED',
  'PRICE_OVER_THRESHOLD',
]);

/** DESTINATION_COUNTRY_BLOCKED → destination-country-blocked */
const codeOf = (reason: string): string => reason.toLowerCase().replaceAll('_', '-');

function refusalOf(error: unknown): Sent {
  const told =
    error instanceof ConflictException || error instanceof ValidationException ? error.Reason : undefined;
  if (told !== undefined && FINAL.has(told)) return { status: 'refused', reason: codeOf(told) };
  throw error;
}

/** The Sender for SMS by End User Messaging. The context comes back with every delivery report. */
export const smsSender = (client: PinpointSMSVoiceV2Client, { originationIdentity }: Settings): Sender => ({
  async send({ campaign, customer, to, body }) {
    const command = new SendTextMessageCommand({
      DestinationPhoneNumber: to,
      OriginationIdentity: originationIdentity,
      MessageBody: body,
      MessageType: 'PROMOTIONAL',
      Context: { campaign, customer },
    });
    return client
      .send(command)
      .then(({ MessageId }) => ({ status: 'sent', reference: MessageId ?? '' }), refusalOf);
  },
});
