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
      "stage 'test', email: aws-cn has no SES; write { kind: 'outbox' }",
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
      "stage 'test', sms: aws-cn has no End User Messaging; write { kind: 'outbox' }",
    ],
    [
      'Cognito in aws-cn',
      { region: 'cn-north-1', auth: { kind: 'cognito' } },
      "stage 'test', auth: aws-cn has no Cognito user pools; write { kind: 'oidc', issuer, audience }",
    ],
    [
      'a zone that is none',
      { settings: { ...sound.settings, zone: 'Europe/Atlantis' } },
      "stage 'test', settings.zone: is no IANA time zone, such as Europe/Amsterdam",
    ],
    [
      'a phone number instead of an ARN',
      { sms: { kind: 'end-user-messaging', originationIdentity: '+31201234567' } },
      "stage 'test', sms.originationIdentity: is the ARN of a phone number, pool or sender id of End User Messaging",
    ],
  ] as const)('with %s is refused, and the line is named', (_what, change, complaint) => {
    expect(complaintsOf({ ...sound, ...change } as StageInput)).toEqual([complaint]);
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
