import { RegionInfo } from 'aws-cdk-lib/region-info';
import { describe, expect, it } from 'vitest';
import { InvalidStages, readStages, type StageInput } from '../../lib/stage-schema.ts';

const sound: StageInput = {
  name: 'test',
  region: 'eu-west-1',
  settings: { zone: 'Europe/Amsterdam', currency: 'EUR', country: 'NL' },
  email: { kind: 'outbox' },
  sms: { kind: 'outbox' },
  auth: { kind: 'oidc', issuer: 'https://login.example.com', audience: 'clientele' },
};

const senderOf = (originationIdentity: string) =>
  ({ kind: 'end-user-messaging', originationIdentity }) as const;

const complaintsOf = (...stages: StageInput[]): readonly string[] => {
  try {
    readStages(stages);
    return [];
  } catch (error) {
    if (error instanceof InvalidStages) return error.complaints;
    throw error;
  }
};

describe('stages that are written soundly', () => {
  it('know the partition of their region', () => {
    const [europe, china] = readStages([sound, { ...sound, name: 'china', region: 'cn-northwest-1' }]);

    expect([europe?.partition, china?.partition]).toEqual(['aws', 'aws-cn']);
  });
});

describe('a stage that cannot be deployed', () => {
  it.each([
    [
      'an unknown region',
      { region: 'eu-west-9' },
      "stage 'test', region: 'eu-west-9' is no AWS region, such as eu-west-1",
    ],
    [
      'a partition we do not know',
      { region: 'us-gov-west-1' },
      "stage 'test', region: 'us-gov-west-1' is in aws-us-gov; lib/partitions.ts knows aws and aws-cn",
    ],
    [
      'SES in aws-cn',
      { region: 'cn-north-1', email: { kind: 'ses', from: 'a@example.com' } },
      "stage 'test', email: aws-cn has no SES; write { kind: 'outbox' } or another region",
    ],
    [
      'text messages in aws-cn',
      {
        region: 'cn-north-1',
        sms: {
          kind: 'end-user-messaging',
          originationIdentity: 'arn:aws-cn:sms-voice:cn-north-1:111122223333:pool/pool-1',
        },
      },
      "stage 'test', sms: aws-cn has no End User Messaging; write { kind: 'outbox' } or another region",
    ],
    [
      'Cognito in aws-cn',
      { region: 'cn-north-1', auth: { kind: 'cognito' } },
      "stage 'test', auth: aws-cn has no Cognito user pools; write { kind: 'oidc', issuer, audience } or another region",
    ],
    [
      'SES in a region without it',
      { region: 'ap-east-1', email: { kind: 'ses', from: 'a@example.com' } },
      "stage 'test', email: ap-east-1 has no SES; write { kind: 'outbox' } or another region",
    ],
    [
      'text messages in a region without them',
      {
        region: 'ap-southeast-5',
        sms: senderOf('arn:aws:sms-voice:ap-southeast-5:111122223333:pool/pool-1'),
      },
      "stage 'test', sms: ap-southeast-5 has no End User Messaging; write { kind: 'outbox' } or another region",
    ],
    [
      'a night that nothing would start',
      { region: 'me-west-1' },
      "stage 'test', region: me-west-1 has no EventBridge Scheduler, which starts the night; write another region",
    ],
    [
      'a sender of another region',
      { sms: senderOf('arn:aws:sms-voice:eu-central-1:111122223333:pool/pool-1') },
      "stage 'test', sms.originationIdentity: is of region eu-central-1, the stage of eu-west-1; write the ARN of a sender of eu-west-1",
    ],
    [
      'a sender of another account',
      { account: '444455556666', sms: senderOf('arn:aws:sms-voice:eu-west-1:111122223333:pool/pool-1') },
      "stage 'test', sms.originationIdentity: is of account 111122223333, the stage of 444455556666; write the ARN of a sender of 444455556666",
    ],
    [
      'a sender of another partition',
      { sms: senderOf('arn:aws-us-gov:sms-voice:eu-west-1:111122223333:pool/pool-1') },
      "stage 'test', sms.originationIdentity: is of partition aws-us-gov, the stage of aws; write the ARN of a sender of aws",
    ],
    [
      'gold for money',
      { settings: { ...sound.settings, currency: 'XAU' } },
      "stage 'test', settings.currency: 'XAU' has no minor units in which money could be counted; write what the tills charge, such as EUR",
    ],
    [
      'money that nobody has',
      { settings: { ...sound.settings, currency: 'EUX' } },
      "stage 'test', settings.currency: 'EUX' is no code of ISO 4217, such as EUR",
    ],
    [
      'a zone that is none',
      { settings: { ...sound.settings, zone: 'Europe/Atlantis' } },
      "stage 'test', settings.zone: 'Europe/Atlantis' is no IANA time zone, such as Europe/Amsterdam",
    ],
    [
      'a phone number instead of an ARN',
      { sms: { kind: 'end-user-messaging', originationIdentity: '+31201234567' } },
      "stage 'test', sms.originationIdentity: is the ARN of a phone number, pool or sender id of End User Messaging",
    ],
  ] as const)('with %s is refused, and the line is named', (_what, change, complaint) => {
    expect(complaintsOf({ ...sound, ...change } as StageInput)).toEqual([complaint]);
  });

  it('is told in words what a setting takes', () => {
    const complaints = complaintsOf({ ...sound, name: 7 } as unknown as StageInput);

    expect(complaints).toEqual([expect.stringMatching(/^stage '7', name: takes a string/)]);
  });

  it('is told of everything at once, whatever else is wrong', () => {
    const complaints = complaintsOf({
      ...sound,
      region: 'ap-southeast-7',
      settings: { zone: 'Asia/Nowhere', currency: 'XTS', country: 'TH' },
      email: { kind: 'ses', from: 'nobody' },
      sms: senderOf('arn:aws:sms-voice:eu-west-1:111122223333:pool/pool-1'),
    });

    expect(complaints.map((line) => line.split(': ')[0])).toEqual([
      "stage 'test', settings.zone",
      "stage 'test', settings.currency",
      "stage 'test', email.from",
      "stage 'test', email",
      "stage 'test', sms",
      "stage 'test', sms.originationIdentity",
    ]);
  });

  it('is reported together with all others', () => {
    const complaints = complaintsOf(
      { ...sound, region: 'nowhere' },
      { ...sound, name: 'other', account: '12' },
    );

    expect(complaints).toEqual([
      expect.stringContaining("stage 'test', region"),
      "stage 'other', account: is the 12 digits of an AWS account",
    ]);
  });

  it('is refused when it takes the name of another', () => {
    expect(complaintsOf(sound, sound)).toEqual(["two stages are named 'test'"]);
  });

  it('is refused for a setting that nobody knows', () => {
    expect(complaintsOf({ ...sound, zone: 'UTC' } as StageInput)).toEqual([expect.stringContaining('zone')]);
  });
});

describe('the regions', () => {
  it('are those whose services were looked up: look up a new one for lib/regions.ts, then name it here', () => {
    const known = RegionInfo.regions.filter(({ partition }) => ['aws', 'aws-cn'].includes(partition ?? ''));

    expect(
      known
        .map(({ name }) => name)
        .sort()
        .join(' '),
    ).toBe(
      'af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ' +
        'ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ' +
        'ca-central-1 ca-west-1 cn-north-1 cn-northwest-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 ' +
        'eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 me-west-1 mx-central-1 ' +
        'sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2',
    );
  });
});
