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

/** Asks CloudFormation what a stage is made of. Throws NotFound where it is not deployed in this region. */
export async function readDeployedStage(
  name: string,
  client: CloudFormationClient = new CloudFormationClient(),
): Promise<DeployedStage> {
  const stacks = await Promise.all(
    stackParts.map(async (part) => {
      const stack = await describeStack(client, stackName(name, part));
      if (stack === undefined) throw new NotFound('stage', name);
      return stack;
    }),
  );
  return deployedStage(name, Object.assign({}, ...stacks.map(outputsOf)));
}
