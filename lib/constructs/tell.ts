import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Outputs of a stack under exactly these names (shared/contracts/deployed.ts). */
export function tell(stack: Stack, values: Readonly<Record<string, string>>): void {
  const scope = new Construct(stack, 'Deployed');
  for (const [name, value] of Object.entries(values)) {
    new CfnOutput(scope, name, { value }).overrideLogicalId(name);
  }
}
