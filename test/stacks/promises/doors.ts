import { covers, type Statement, statementsOf } from '../policies.ts';
import { arnOf, textOf } from '../references.ts';
import { listed, type Resource, type Synthesised } from '../synthesised.ts';

/** Policies that stand on a resource and say who may come in. */
export const doors = [
  'AWS::SQS::QueuePolicy',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::Events::EventBusPolicy',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::Logs::ResourcePolicy',
];

/** What takes calls over the network under a policy of its own, and the property by which its policy names it. */
export const guarded: Readonly<Record<string, { readonly policy: string; readonly names: string }>> = {
  'AWS::SQS::Queue': { policy: 'AWS::SQS::QueuePolicy', names: 'Queues' },
  'AWS::S3::Bucket': { policy: 'AWS::S3::BucketPolicy', names: 'Bucket' },
  'AWS::SNS::Topic': { policy: 'AWS::SNS::TopicPolicy', names: 'Topics' },
};

export const policiesOn = (stage: Synthesised, resource: Resource): readonly Resource[] => {
  const guard = guarded[resource.type];
  if (guard === undefined) return [];
  return stage
    .of(guard.policy)
    .filter((policy) =>
      listed<unknown>(policy.properties[guard.names]).some((one) => stage.at(policy, one) === resource),
    );
};

/** The sources that a statement lets act, as ARNs that may hold `*`. */
const sourcesOf = (stage: Synthesised, policy: Resource, { Condition = {} }: Statement): readonly string[] =>
  ['ArnEquals', 'ArnLike', 'StringEquals'].flatMap((operator) =>
    listed<unknown>(Condition[operator]?.['aws:SourceArn']).map((one) => textOf(stage, policy, one)),
  );

/** A resource of the stage or what lies below it, or all whose names begin with the stage's. */
export const isOfStage = (stage: Synthesised, source: string): boolean =>
  (source.split('*')[0] ?? '').includes(`:clientele/${stage.name}/`) ||
  stage.resources.some((resource) => {
    const arn = arnOf(stage, resource);
    return arn !== undefined && (source === arn || source.startsWith(`${arn}/`));
  });

/** Whether a service may do this to a resource on behalf of `source`. */
export const letsIn = (
  stage: Synthesised,
  resource: Resource,
  {
    service,
    action,
    source,
  }: { readonly service: string; readonly action: string; readonly source: Resource },
): boolean =>
  policiesOn(stage, resource).some((policy) =>
    statementsOf(policy).some(
      (statement) =>
        statement.Effect === 'Allow' &&
        JSON.stringify(statement.Principal) === JSON.stringify({ Service: service }) &&
        listed(statement.Action).includes(action) &&
        sourcesOf(stage, policy, statement).some((one) => covers(one, arnOf(stage, source) ?? '')),
    ),
  );

export function isNarrow(stage: Synthesised, policy: Resource, statement: Statement): boolean {
  if (statement.Effect === 'Deny') return true;
  const { Principal } = statement;
  const sources = sourcesOf(stage, policy, statement);
  return (
    typeof Principal === 'object' &&
    Object.keys(Principal).join() === 'Service' &&
    listed(statement.Action).every((action) => !action.includes('*')) &&
    sources.length > 0 &&
    sources.every((source) => isOfStage(stage, source))
  );
}

export const refusesPlainText = (stage: Synthesised, resource: Resource): boolean => {
  const arn = arnOf(stage, resource) ?? resource.id;
  return policiesOn(stage, resource).some((policy) =>
    statementsOf(policy).some(
      ({ Effect, Principal, Condition, Resource: resources }) =>
        Effect === 'Deny' &&
        ['"*"', '{"AWS":"*"}'].includes(JSON.stringify(Principal)) &&
        String(Condition?.['Bool']?.['aws:SecureTransport']) === 'false' &&
        listed<unknown>(resources).some((one) => textOf(stage, policy, one) === arn),
    ),
  );
};
