import {
  ConflictException,
  PinpointSMSVoiceV2Client,
  SendTextMessageCommand,
  ServiceQuotaExceededException,
  ThrottlingException,
  ValidationException,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import {
  BadRequestException,
  MailFromDomainNotVerifiedException,
  MessageRejected,
  SESv2Client,
  SendEmailCommand,
  SendingPausedException,
  TooManyRequestsException,
} from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { sesSender } from '../../shared/adapters/aws/ses-sender.ts';
import { smsSender } from '../../shared/adapters/aws/sms-sender.ts';
import { ProfileId } from '../../shared/domain/kernel/ids.ts';
import type { Outgoing } from '../../shared/ports/sender.ts';

const ses = mockClient(SESv2Client);
const sms = mockClient(PinpointSMSVoiceV2Client);
const region = 'eu-west-1';
const mail = sesSender(new SESv2Client({ region }), {
  from: 'Shop <news@shop.example>',
  configurationSet: 'clientele',
});
const texting = smsSender(new PinpointSMSVoiceV2Client({ region }), { originationIdentity: 'pool-1' });

beforeEach(() => {
  ses.reset();
  sms.reset();
});

const customer = ProfileId.parse(`email_${'a'.repeat(26)}`);
const email = (more: Partial<Outgoing> = {}): Outgoing => ({
  campaign: 'spring',
  customer,
  channel: 'email',
  to: 'zoe@example.com',
  subject: 'Hello Zoë',
  body: 'Dear Zoë',
  ...more,
});
const textMessage: Outgoing = {
  campaign: 'spring',
  customer,
  channel: 'sms',
  to: '+31612345678',
  body: 'Dear Zoë',
};
const told = { $metadata: {}, message: 'told' };

describe('an e-mail', () => {
  it('goes out with its address, text and tags, and answers the id of SES', async () => {
    ses.on(SendEmailCommand).resolves({ MessageId: 'ses-1' });

    expect(await mail.send(email())).toEqual({ status: 'sent', reference: 'ses-1' });

    expect(ses.commandCalls(SendEmailCommand)[0]?.args[0].input).toEqual({
      FromEmailAddress: 'Shop <news@shop.example>',
      Destination: { ToAddresses: ['zoe@example.com'] },
      Content: {
        Simple: {
          Subject: { Data: 'Hello Zoë', Charset: 'UTF-8' },
          Body: { Text: { Data: 'Dear Zoë', Charset: 'UTF-8' } },
        },
      },
      ConfigurationSetName: 'clientele',
      EmailTags: [
        { Name: 'campaign', Value: 'spring' },
        { Name: 'customer', Value: customer },
      ],
    });
  });

  it('is HTML when it begins with a tag', async () => {
    ses.on(SendEmailCommand).resolves({ MessageId: 'ses-1' });

    await mail.send(email({ body: '\n<p>5 < 6</p>' }));
    await mail.send(email({ body: '5 < 6' }));

    const bodies = ses.commandCalls(SendEmailCommand).map(({ args }) => args[0].input.Content?.Simple?.Body);
    expect(bodies).toMatchObject([{ Html: { Data: '\n<p>5 < 6</p>' } }, { Text: { Data: '5 < 6' } }]);
  });

  it.each([
    [new MessageRejected(told), 'message-rejected'],
    [new BadRequestException(told), 'invalid-message'],
  ])('is refused for good by %s', async (error, reason) => {
    ses.on(SendEmailCommand).rejects(error);

    expect(await mail.send(email())).toEqual({ status: 'refused', reason });
  });

  it.each([
    new TooManyRequestsException(told),
    new SendingPausedException(told),
    new MailFromDomainNotVerifiedException(told),
    new MessageRejected({
      $metadata: {},
      message:
        'Email address is not verified. The following identities failed the check in region EU-WEST-1: news@shop.example',
    }),
    new Error('socket hang up'),
  ])('is not refused by %s, which passes or concerns all', async (error) => {
    ses.on(SendEmailCommand).rejects(error);

    await expect(mail.send(email())).rejects.toBe(error);
  });
});

describe('a text message', () => {
  it('goes out as promotion with its context, and answers the id of the service', async () => {
    sms.on(SendTextMessageCommand).resolves({ MessageId: 'sms-1' });

    expect(await texting.send(textMessage)).toEqual({ status: 'sent', reference: 'sms-1' });

    expect(sms.commandCalls(SendTextMessageCommand)[0]?.args[0].input).toEqual({
      DestinationPhoneNumber: '+31612345678',
      OriginationIdentity: 'pool-1',
      MessageBody: 'Dear Zoë',
      MessageType: 'PROMOTIONAL',
      Context: { campaign: 'spring', customer },
    });
  });

  it.each([
    [
      new ConflictException({ ...told, Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' }),
      'destination-phone-number-opted-out',
    ],
    [
      new ValidationException({ ...told, Reason: 'DESTINATION_COUNTRY_BLOCKED' }),
      'destination-country-blocked',
    ],
  ])('is refused for good by %s', async (error, reason) => {
    sms.on(SendTextMessageCommand).rejects(error);

    expect(await texting.send(textMessage)).toEqual({ status: 'refused', reason });
  });

  it.each([
    new ThrottlingException(told),
    new ServiceQuotaExceededException({ ...told, Reason: 'MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT' }),
    new ConflictException({ ...told, Reason: 'RESOURCE_NOT_ACTIVE' }),
    new ValidationException({ ...told, Reason: 'INVALID_ARN' }),
    new ValidationException(told),
  ])('is not refused by %s, which passes or concerns all', async (error) => {
    sms.on(SendTextMessageCommand).rejects(error);

    await expect(texting.send(textMessage)).rejects.toBe(error);
  });
});
