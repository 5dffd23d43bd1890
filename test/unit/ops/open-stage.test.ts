import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { openStage } from '../../../ops/open-stage.ts';
import { stageRegion } from '../../../ops/stage-region.ts';
import { outputs } from '../../../shared/contracts/deployed.ts';
import { LAYOUT } from '../../../shared/contracts/keys.ts';
import { toldByStage as told } from './told-by-stage.ts';

const known = [
  { name: 'europe', region: 'eu-west-1' },
  { name: 'china', region: 'cn-north-1' },
];

describe('the region of a stage', () => {
  it('is that of lib/stages.ts, whatever the environment says', () => {
    expect(stageRegion('china', { AWS_REGION: 'us-east-1' }, known)).toEqual({
      region: 'cn-north-1',
      saidBy: 'lib/stages.ts',
    });
  });

  it.each([
    ['AWS_REGION', { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-west-2' }, 'us-east-1'],
    ['AWS_DEFAULT_REGION', { AWS_REGION: '', AWS_DEFAULT_REGION: 'us-west-2' }, 'us-west-2'],
  ])('is that of %s where lib/stages.ts does not name the stage', (_, env, region) => {
    expect(stageRegion('e2e', env, known).region).toBe(region);
  });

  it('is unknown where nobody names one: the message lists the stages and the way out', () => {
    expect(() => stageRegion('eurpe', {}, known)).toThrow(
      expect.objectContaining({
        code: 'unknown-stage',
        message: expect.stringMatching(/'eurpe'.*europe, china.*AWS_REGION=/),
      }),
    );
  });
});

const cloudFormation = mockClient(CloudFormationClient);
const secrets = mockClient(SecretsManagerClient);
const env = { AWS_REGION: 'eu-central-1' };

/** Every stack of the stage tells this; one stack is as good as five. */
const deployedWith = (values: Readonly<Record<string, string>>) =>
  cloudFormation.on(DescribeStacksCommand).resolves({
    Stacks: [
      {
        StackName: 'any',
        CreationTime: new Date(0),
        StackStatus: 'CREATE_COMPLETE',
        Outputs: Object.entries(values).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
      },
    ],
  });

const failing = (name: string, message = name) =>
  cloudFormation.on(DescribeStacksCommand).rejects(Object.assign(new Error(message), { name }));

beforeEach(() => {
  cloudFormation.reset();
  secrets.reset();
});

describe('opening a stage', () => {
  it('gives what it is made of, its settings and its region', async () => {
    deployedWith(told);

    const opened = await openStage('test', env);

    expect(opened).toMatchObject({
      region: 'eu-central-1',
      stage: { zone: 'Europe/Amsterdam', shards: 16 },
      deployed: { name: 'test', url: 'https://api.example.com', tables: { facts: 'facts' } },
    });
    expect(await opened.clients.dynamo.config.region()).toBe('eu-central-1');
  });

  it('fetches the master secret when it is first needed, and once', async () => {
    deployedWith(told);
    secrets.on(GetSecretValueCommand).resolves({ SecretString: 'x'.repeat(43) });

    const { keyring } = await openStage('test', env);
    expect(secrets.calls()).toHaveLength(0);
    await Promise.all([keyring(), keyring()]);
    await keyring();

    expect(secrets.commandCalls(GetSecretValueCommand).map(({ args }) => args[0].input.SecretId)).toEqual([
      'arn:secret',
    ]);
  });

  it('fails where it is not deployed, naming the region that was asked and how to name another', async () => {
    failing('ValidationError', 'Stack with id clientele-test-data does not exist');

    await expect(openStage('test', env)).rejects.toMatchObject({
      code: 'not-deployed',
      message: expect.stringMatching(/'test' is not deployed in eu-central-1.*AWS_REGION/),
    });
    await expect(openStage('europe', env)).rejects.toMatchObject({
      code: 'not-deployed',
      message: expect.stringMatching(/eu-west-1.*lib\/stages\.ts/),
    });
  });

  it.each(['CredentialsProviderError', 'ExpiredToken', 'InvalidClientTokenId', 'AccessDenied'])(
    'fails with the way to give credentials for %s',
    async (name) => {
      failing(name);

      await expect(openStage('test', env)).rejects.toMatchObject({
        code: 'no-credentials',
        message: expect.stringMatching(/AWS_PROFILE.*'test' in eu-central-1/),
      });
    },
  );

  it('fails with the region that nobody answers for', async () => {
    cloudFormation
      .on(DescribeStacksCommand)
      .rejects(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }));

    await expect(openStage('test', env)).rejects.toMatchObject({
      code: 'unknown-region',
      message: expect.stringMatching(/'eu-central-1', which AWS_REGION names/),
    });
  });

  it('fails as it came for anything else', async () => {
    failing('TimeoutError');

    await expect(openStage('test', env)).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it.each([
    ['a layout of tables that is newer', { ...told, [outputs.layout]: String(LAYOUT + 1) }],
    ['a layout of tables that is older', { ...told, [outputs.layout]: String(LAYOUT - 1) }],
    ['too little of itself', { [outputs.bus]: 'clientele-test' }],
  ])('fails where the deployed version has %s', async (_, values) => {
    deployedWith(values);

    await expect(openStage('test', env)).rejects.toMatchObject({ code: 'other-version' });
  });
});
