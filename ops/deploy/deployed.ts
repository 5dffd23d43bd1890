import {
  type CloudFormationClient,
  GetTemplateCommand,
  type Stack,
  type StackStatus,
} from '@aws-sdk/client-cloudformation';
import { type StackPart, stackName, stackParts } from '../../shared/contracts/deployed.ts';
import { InvalidInput } from '../../shared/domain/kernel/errors.ts';
import { describeStack, outputsOf } from '../deployed-stage.ts';
import type { Template } from './stack-change.ts';

/** The stack of `cdk bootstrap`. */
const TOOLKIT = 'CDKToolkit';

export interface DeployedStack {
  readonly name: string;
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly template: Template;
}

/** What stands in a region before a deployment. */
export interface Standing {
  /** The caller's, told by the stack of `cdk bootstrap`; undefined where there is none. */
  readonly account: string | undefined;
  readonly stacks: Readonly<Partial<Record<StackPart, DeployedStack>>>;
  /** Stacks whose creation failed and that the CDK cannot clear away, since they are protected. */
  readonly remains: readonly string[];
}

/** Reads only. Throws InvalidInput `no-access` where the region does not answer us. */
export async function readStanding(
  stage: { readonly name: string; readonly region: string },
  client: CloudFormationClient,
): Promise<Standing> {
  const toolkit = await describeStack(client, TOOLKIT).catch((error: unknown) => {
    throw noAccess(stage, error);
  });
  const described = await Promise.all(
    stackParts.map(async (part) => ({
      part,
      stack: await describeStack(client, stackName(stage.name, part)),
    })),
  );
  const stacks = await Promise.all(
    described.map(async ({ part, stack }) =>
      stack === undefined || NEVER_MADE.has(stack.StackStatus)
        ? []
        : [[part, await withTemplate(stack, client)] as const],
    ),
  );
  return {
    account: toolkit?.StackId?.split(':')[4],
    stacks: Object.fromEntries(stacks.flat()),
    remains: described.flatMap(({ stack }) =>
      stack?.StackStatus === 'ROLLBACK_COMPLETE' && stack.EnableTerminationProtection === true
        ? [String(stack.StackName)]
        : [],
    ),
  };
}

/** A stack of which nothing was ever made stands here as none. */
const NEVER_MADE: ReadonlySet<StackStatus | undefined> = new Set(['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE']);

async function withTemplate(stack: Stack, client: CloudFormationClient): Promise<DeployedStack> {
  const { StackName: name = '', StackStatus: status = '' } = stack;
  const { TemplateBody = '' } = await client.send(
    new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' }),
  );
  return { name, status, outputs: outputsOf(stack), template: readTemplate(name, TemplateBody) };
}

function readTemplate(name: string, body: string): Template {
  try {
    return JSON.parse(body) as Template;
  } catch (cause) {
    throw new InvalidInput(
      'foreign-template',
      name,
      `The template of ${name} is no JSON, so this stack was not deployed by the CDK: look at it in CloudFormation before anything else`,
      { cause },
    );
  }
}

const noAccess = ({ name, region }: { readonly name: string; readonly region: string }, cause: unknown) =>
  new InvalidInput(
    'no-access',
    'region',
    `CloudFormation in ${region} does not answer us (${cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)}). ` +
      `Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, to somebody who may deploy '${name}', and see that the account has the region enabled`,
    { cause },
  );
