import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Lets one finding of cdk-nag's AwsSolutions pack stand, with the reason. `rule` as it is printed. */
export const acknowledge = (construct: IConstruct, rule: string, reason: string): void =>
  Validations.of(construct).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });

/** Lets a role use a resource that ends in `*`. */
export function acknowledgeWildcard(construct: IConstruct, arn: string, reason: string): void {
  // Where the account is that of whoever deploys, the finding spells it so.
  const spelt = arn.replaceAll(Stack.of(construct).account, '<AWS::AccountId>');
  acknowledge(
    construct,
    `IAM5[Resource::${/^\d+$/.test(Stack.of(construct).account) ? arn : spelt}]`,
    reason,
  );
}
