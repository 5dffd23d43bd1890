import { RegionInfo } from 'aws-cdk-lib/region-info';
import { describe, expect, it } from 'vitest';
import { offers } from '../../lib/regions.ts';
import { readStages, type StageInput } from '../../lib/stage-schema.ts';
import { type Synthesised, synthesise } from './synthesised.ts';

/** What an ops team writes for a region, and nothing else. Under one name, which is part of many a logical id. */
const stageIn = (region: string, settings: StageInput['settings']): StageInput => ({
  name: 'shop',
  region,
  settings,
  email: { kind: 'ses', from: 'news@example.com' },
  sms: {
    kind: 'end-user-messaging',
    originationIdentity: `arn:aws:sms-voice:${region}:111122223333:sender-id/SHOP/ZZ`,
  },
  auth: { kind: 'cognito' },
  operators: ['ops@example.com'],
});

const synthesiseOne = (input: StageInput): Synthesised => {
  const [stage] = synthesise(readStages([input]));
  if (stage === undefined) throw new Error('Nothing was synthesised');
  return stage;
};

const amsterdam = synthesiseOne(
  stageIn('eu-west-1', { zone: 'Europe/Amsterdam', currency: 'EUR', country: 'NL' }),
);

/** Lines of a stage's templates, with the words of its entry in lib/stages.ts taken out. */
const withoutOwnWords = ({ resources, written: { region, settings } }: Synthesised): string[] =>
  [JSON.stringify(JSON.stringify(settings)), settings.zone, region]
    .reduce((text, word, index) => text.replaceAll(word, `<${index}>`), JSON.stringify(resources, null, 1))
    .split('\n');

describe('a new region is one entry of settings', () => {
  it.each([
    ['ap-southeast-1', { zone: 'Asia/Singapore', currency: 'SGD', country: 'SG' }],
    ['ap-northeast-1', { zone: 'Asia/Tokyo', currency: 'JPY', country: 'JP' }],
    ['us-east-1', { zone: 'America/New_York', currency: 'USD', country: 'US' }],
    ['ca-central-1', { zone: 'America/Toronto', currency: 'CAD', country: 'CA', shards: 64 }],
  ])('%s gets what Europe gets, but for the words of its entry', (region, settings) => {
    const added = synthesiseOne(stageIn(region, settings));

    expect(added.resources.length).toBeGreaterThan(100);
    expect(withoutOwnWords(added)).toEqual(withoutOwnWords(amsterdam));
  });

  it('starts its night by its own clock and keeps its own money', () => {
    const tokyo = synthesiseOne(
      stageIn('ap-northeast-1', { zone: 'Asia/Tokyo', currency: 'JPY', country: 'JP' }),
    );
    const zones = tokyo
      .of('AWS::Scheduler::Schedule')
      .map(({ properties }) => properties.ScheduleExpressionTimezone);

    expect(new Set(zones)).toEqual(new Set(['Asia/Tokyo']));
    expect(JSON.stringify(tokyo.resources)).not.toMatch(/EUR|Europe|eu-west/);
  });
});

/** The richest entry that a region takes. */
function richest(region: string): StageInput {
  const full = stageIn(region, { zone: 'UTC', currency: 'EUR', country: 'NL' });
  return {
    ...full,
    email: offers(region, 'ses') ? full.email : { kind: 'outbox' },
    sms: offers(region, 'sms') ? full.sms : { kind: 'outbox' },
  };
}

describe('every region of partition aws', () => {
  const regions = RegionInfo.regions.filter(
    ({ name, partition }) => partition === 'aws' && offers(name, 'scheduler'),
  );

  it.each(regions.map(({ name }) => name))('%s can be synthesised with what it offers', (region) => {
    expect(synthesiseOne(richest(region)).resources.length).toBeGreaterThan(100);
  });
});
