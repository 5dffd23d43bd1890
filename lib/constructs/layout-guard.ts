import { CfnOutput, Fn, type Stack } from 'aws-cdk-lib';
import { LAYOUT } from '../../shared/contracts/keys.ts';

const exportOf = (data: Stack, layout: number): string => `${data.stackName}:layout-${layout}`;

/**
 * Keeps an older version from a newer layout of the tables, whoever deploys and by what. The data stack exports a line
 * for every layout up to its own, the other stacks import the newest; since CloudFormation takes away nothing that is
 * imported, a version that does not export it cannot be deployed over them. The older lines stay, so that a
 * newer data stack takes nothing from stacks that have not followed yet.
 */
export function guardLayout(data: Stack, others: readonly Stack[], layout: number = LAYOUT): void {
  for (let known = 1; known <= layout; known += 1) {
    new CfnOutput(data, `KnowsLayout${known}`, { value: String(known), exportName: exportOf(data, known) });
  }
  for (const stack of others) {
    new CfnOutput(stack, 'WrittenForLayout', { value: Fn.importValue(exportOf(data, layout)) });
  }
}
