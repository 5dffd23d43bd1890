import { textOf } from './references.ts';
import { listed, type Resource, type Synthesised } from './synthesised.ts';

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly Resource?: unknown;
  readonly Principal?: '*' | Readonly<Record<string, unknown>>;
  readonly Condition?: Conditions;
}

/** The statements of a policy document, wherever a resource keeps it; of a role only who may take it. */
export const statementsOf = ({ properties }: Resource): readonly Statement[] =>
  (properties.PolicyDocument ?? properties.AssumeRolePolicyDocument ?? properties.ResourcePolicy)
    ?.Statement ?? [];

/** One action on one resource. */
export interface Right {
  readonly action: string;
  /** The ARN, which may hold `*`. */
  readonly resource: string;
  readonly conditions: Conditions;
}

/** What a policy allows, an action and a resource at a time. */
export const rightsIn = (stage: Synthesised, policy: Resource): readonly Right[] =>
  statementsOf(policy)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action, Resource: resources, Condition: conditions = {} }) =>
      listed(Action).flatMap((action) =>
        listed(resources).map((one) => ({ action, resource: textOf(stage, policy, one), conditions })),
      ),
    );

/** The policies of the role that a function runs under. */
export const policiesOf = (stage: Synthesised, fn: Resource): readonly Resource[] => {
  const role = stage.at(fn, fn.properties.Role);
  return stage
    .of('AWS::IAM::Policy')
    .filter((policy) =>
      listed<unknown>(policy.properties.Roles).some((one) => stage.at(policy, one) === role),
    );
};

export const rightsOf = (stage: Synthesised, fn: Resource): readonly Right[] =>
  policiesOf(stage, fn).flatMap((policy) => rightsIn(stage, policy));

/** Whether an ARN with `*` in it covers this one. */
export const covers = (pattern: string, arn: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(arn);
