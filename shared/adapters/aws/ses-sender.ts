import {
  BadRequestException,
  MessageRejected,
  type SESv2Client,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import type { Sender, Sent } from '../../ports/sender.ts';

interface Settings {
  /** An address of a verified domain, such as Shop <news@shop.example>. */
  readonly from: string;
  /** Decides where bounces, complaints and opens are told. */
  readonly configurationSet: string;
}

const text = (Data: string) => ({ Data, Charset: 'UTF-8' });

/** A body that begins with a tag is HTML. */
const bodyOf = (body: string) =>
  body.trimStart().startsWith('<') ? { Html: text(body) } : { Text: text(body) };

/** SES tells this as a rejected message: of the sender, and of every recipient while the account is in the sandbox. */
const NOT_VERIFIED = /is not verified/;

/** Only what concerns this one message; a paused account or an unverified address concerns all, and throws. */
function refusalOf(error: unknown): Sent {
  if (error instanceof MessageRejected && !NOT_VERIFIED.test(error.message))
    return { status: 'refused', reason: 'message-rejected' };
  if (error instanceof BadRequestException) return { status: 'refused', reason: 'invalid-message' };
  throw error;
}

/** The Sender for e-mail by SES. The tags come back with every bounce, complaint and opening. */
export const sesSender = (client: SESv2Client, { from, configurationSet }: Settings): Sender => ({
  async send({ campaign, customer, to, subject, body }) {
    const command = new SendEmailCommand({
      FromEmailAddress: from,
      Destination: { ToAddresses: [to] },
      Content: { Simple: { Subject: text(subject ?? ''), Body: bodyOf(body) } },
      ConfigurationSetName: configurationSet,
      EmailTags: [
        { Name: 'campaign', Value: campaign },
        { Name: 'customer', Value: customer },
      ],
    });
    return client
      .send(command)
      .then(({ MessageId }) => ({ status: 'sent', reference: MessageId ?? '' }), refusalOf);
  },
});
