import type { Resource, Synthesised } from './synthesised.ts';

/** Whose account the templates are read for. */
export const ACCOUNT = '111122223333';

/** Where CloudFormation would make up a name, the logical id stands for it. */
const nameProperty: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'BucketName',
  'AWS::Events::EventBus': 'Name',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
  'AWS::SES::ConfigurationSet': 'Name',
  'AWS::CloudWatch::Alarm': 'AlarmName',
};

/** An ARN after `arn:<partition>:`, with {region}, {account} and {name}. */
const arns: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable': 'dynamodb:{region}:{account}:table/{name}',
  'AWS::S3::Bucket': 's3:::{name}',
  'AWS::Events::EventBus': 'events:{region}:{account}:event-bus/{name}',
  'AWS::Events::Rule': 'events:{region}:{account}:rule/{name}',
  'AWS::SecretsManager::Secret': 'secretsmanager:{region}:{account}:secret:{name}',
  'AWS::SQS::Queue': 'sqs:{region}:{account}:{name}',
  'AWS::SNS::Topic': 'sns:{region}:{account}:{name}',
  'AWS::Lambda::Function': 'lambda:{region}:{account}:function:{name}',
  'AWS::Logs::LogGroup': 'logs:{region}:{account}:log-group:{name}:*',
  'AWS::StepFunctions::StateMachine': 'states:{region}:{account}:stateMachine:{name}',
  'AWS::CloudWatch::Alarm': 'cloudwatch:{region}:{account}:alarm:{name}',
  'AWS::SES::ConfigurationSet': 'ses:{region}:{account}:configuration-set/{name}',
  'AWS::ApiGatewayV2::Api': 'execute-api:{region}:{account}:{name}',
};

/** What Ref answers with an ARN instead of a name. */
const referredByArn = new Set([
  'AWS::SecretsManager::Secret',
  'AWS::SNS::Topic',
  'AWS::StepFunctions::StateMachine',
]);

export const nameOf = (stage: Synthesised, resource: Resource): string => {
  const name = resource.properties[nameProperty[resource.type] ?? ''];
  return name === undefined ? resource.id : textOf(stage, resource, name);
};

/** Undefined for what has no ARN that anybody here names. */
export function arnOf(stage: Synthesised, resource: Resource): string | undefined {
  const arn = arns[resource.type];
  const { partition, region } = stage.written;
  return arn === undefined
    ? undefined
    : `arn:${partition}:${arn
        .replace('{region}', region)
        .replace('{account}', ACCOUNT)
        .replace('{name}', nameOf(stage, resource))}`;
}

interface Intrinsic {
  readonly Ref?: string;
  readonly 'Fn::GetAtt'?: readonly [string, string];
  readonly 'Fn::ImportValue'?: string;
  readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
}

/** A value of a template as CloudFormation would fill it in: names and ARNs for references. */
export function textOf(stage: Synthesised, from: Pick<Resource, 'stack'>, value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const {
    Ref: ref,
    'Fn::GetAtt': attribute,
    'Fn::ImportValue': imported,
    'Fn::Join': join,
  } = value as Intrinsic;
  if (join !== undefined) return join[1].map((part) => textOf(stage, from, part)).join(join[0]);
  if (imported !== undefined) return importedText(stage, imported);
  if (ref?.startsWith('AWS::')) return pseudo(stage, ref);
  const target = stage.at(from, value);
  if (target === undefined) return JSON.stringify(value);
  if (attribute === undefined) {
    return (referredByArn.has(target.type) ? arnOf(stage, target) : undefined) ?? nameOf(stage, target);
  }
  return attributeText(stage, target, attribute[1]);
}

function importedText(stage: Synthesised, name: string): string {
  const exporter = stage.stacks.find(({ exports }) => name in exports);
  return exporter === undefined ? name : textOf(stage, { stack: exporter.name }, exporter.exports[name]);
}

function pseudo({ written }: Synthesised, name: string): string {
  const known: Record<string, string> = {
    'AWS::AccountId': ACCOUNT,
    'AWS::Region': written.region,
    'AWS::Partition': written.partition,
  };
  return known[name] ?? name;
}

function attributeText(stage: Synthesised, target: Resource, attribute: string): string {
  const arn = arnOf(stage, target);
  switch (attribute) {
    case 'Arn':
    case 'TopicArn':
      return arn ?? target.id;
    case 'StreamArn':
      return `${arn}/stream/2026-01-01T00:00:00.000`;
    default:
      return nameOf(stage, target);
  }
}
