import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { readStanding } from '../../../../ops/deploy/deployed.ts';

const mock = mockClient(CloudFormationClient);
const client = new CloudFormationClient({ region: 'eu-west-1' });
const read = () => readStanding({ name: 'shop', region: 'eu-west-1' }, client);

const absent = Object.assign(new Error('Stack with id clientele-shop-data does not exist'), {
  name: 'ValidationError',
});
const idOf = (name: string): string =>
  `arn:aws:cloudformation:eu-west-1:111122223333:stack/${name}/0f5c8c2e-0000-4000-8000-000000000000`;

/** CloudFormation as it answers where these stacks stand. */
function standing(stacks: Readonly<Record<string, { status: string; template?: string; kept?: boolean }>>) {
  mock.on(DescribeStacksCommand).callsFake(({ StackName }: { StackName: string }) => {
    const stack = stacks[StackName];
    if (stack === undefined) throw absent;
    return {
      Stacks: [
        {
          StackName,
          StackId: idOf(StackName),
          StackStatus: stack.status,
          EnableTerminationProtection: stack.kept ?? false,
          CreationTime: new Date(0),
          Outputs: [{ OutputKey: 'Layout', OutputValue: '1' }, { OutputKey: 'Half' }],
        },
      ],
    };
  });
  mock
    .on(GetTemplateCommand)
    .callsFake(({ StackName }: { StackName: string }) => ({ TemplateBody: stacks[StackName]?.template }));
}

const toolkit = { CDKToolkit: { status: 'CREATE_COMPLETE' } };

beforeEach(() => mock.reset());

describe('what stands in a region', () => {
  it('is the account, and each stack of the stage with its outputs and its template as it was written', async () => {
    standing({
      ...toolkit,
      'clientele-shop-data': { status: 'UPDATE_COMPLETE', template: '{"Resources":{}}' },
    });

    expect(await read()).toEqual({
      account: '111122223333',
      stacks: {
        data: {
          name: 'clientele-shop-data',
          status: 'UPDATE_COMPLETE',
          outputs: { Layout: '1' },
          template: { Resources: {} },
        },
      },
      remains: [],
    });
    expect(mock.commandCalls(GetTemplateCommand).map(({ args }) => args[0].input)).toEqual([
      { StackName: 'clientele-shop-data', TemplateStage: 'Original' },
    ]);
  });

  it('is nothing and nobody where the CDK was never bootstrapped', async () => {
    standing({});

    expect(await read()).toEqual({ account: undefined, stacks: {}, remains: [] });
  });

  it.each(['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE'])(
    'leaves out a stack in %s, of which nothing was made',
    async (status) => {
      standing({ ...toolkit, 'clientele-shop-api': { status } });

      expect((await read()).stacks).toEqual({});
    },
  );

  it('names what is left of a creation that failed where the CDK cannot clear it away', async () => {
    standing({
      ...toolkit,
      'clientele-shop-data': { status: 'ROLLBACK_COMPLETE', kept: true },
      'clientele-shop-api': { status: 'ROLLBACK_COMPLETE' },
      'clientele-shop-night': { status: 'UPDATE_COMPLETE', kept: true, template: '{}' },
    });

    expect((await read()).remains).toEqual(['clientele-shop-data']);
  });
});

describe('a region that cannot be read', () => {
  it('is named, with what AWS says and what to look at', async () => {
    mock
      .on(DescribeStacksCommand)
      .rejects(Object.assign(new Error('The security token is invalid'), { name: 'InvalidClientTokenId' }));

    await expect(read()).rejects.toMatchObject({
      code: 'no-access',
      message: expect.stringMatching(
        /eu-west-1 does not answer us \(InvalidClientTokenId: The security token is invalid\)\. Set AWS_PROFILE/,
      ),
    });
  });

  it('is not deployed over where a template was written by somebody else', async () => {
    standing({ ...toolkit, 'clientele-shop-data': { status: 'UPDATE_COMPLETE', template: 'Resources: {}' } });

    await expect(read()).rejects.toMatchObject({ code: 'foreign-template', path: 'clientele-shop-data' });
  });
});
