import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { type DeployedStage, deployedStage, stackName, stackParts } from '../shared/contracts/deployed.ts';
import { NotFound } from '../shared/domain/kernel/errors.ts';

/** One stack as CloudFormation describes it; undefined where it is not deployed. */
export async function describeStack(client: CloudFormationClient, name: string): Promise<Stack | undefined> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks[0];
  } catch (error) {
    // CloudFormation has no error of its own for it.
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

export const outputsOf = ({ Outputs = [] }: Stack): Record<string, string> =>
  Object.fromEntries(
    Outputs.flatMap(({ OutputKey, OutputValue }) =>
      OutputKey === undefined || OutputValue === undefined ? [] : [[OutputKey, OutputValue]],
    ),
  );

/** The outputs of one stack; undefined where it is not deployed. */
export async function stackOutputs(
  client: CloudFormationClient,
  name: string,
): Promise<Record<string, string> | undefined> {
  const stack = await describeStack(client, name);
  return stack === undefined ? undefined : outputsOf(stack);
}

/** Asks CloudFormation what a stage is made of. Throws NotFound where it is not deployed in this region. */
export async function readDeployedStage(
  name: string,
  client: CloudFormationClient = new CloudFormationClient(),
): Promise<DeployedStage> {
  const told = await Promise.all(stackParts.map((part) => stackOutputs(client, stackName(name, part))));
  if (told.some((outputs) => outputs === undefined)) throw new NotFound('stage', name);
  return deployedStage(name, Object.assign({}, ...told));
}
