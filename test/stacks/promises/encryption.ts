import { type Resource, titleOf } from '../synthesised.ts';
import { changed, plant, type TemplatePromise } from './promise.ts';

// biome-ignore lint/suspicious/noExplicitAny: properties of templates are foreign JSON
type Check = (properties: any, resource: Resource) => boolean;

const always: Check = () => true;

/** How each kind of thing that keeps data is encrypted at rest. */
const encrypted: Readonly<Record<string, Check>> = {
  // Under a key that AWS owns, where the template names none.
  'AWS::DynamoDB::GlobalTable': always,
  'AWS::SecretsManager::Secret': always,
  'AWS::Logs::LogGroup': always,
  'AWS::Events::EventBus': always,
  'AWS::StepFunctions::StateMachine': always,
  'AWS::Cognito::UserPool': always,
  'AWS::Lambda::Function': always,
  // Said, because older ones were not.
  'AWS::S3::Bucket': ({ BucketEncryption }) =>
    /^(AES256|aws:kms)$/.test(
      BucketEncryption?.ServerSideEncryptionConfiguration?.[0]?.ServerSideEncryptionByDefault?.SSEAlgorithm,
    ),
  'AWS::SQS::Queue': ({ SqsManagedSseEnabled, KmsMasterKeyId }) =>
    SqsManagedSseEnabled === true || KmsMasterKeyId !== undefined,
  // Topics pass on and keep nothing once it is delivered. The key that AWS manages shuts CloudWatch out, so that no
  // alarm would ring, and a key of one's own is one more thing that can silence them; alarms say names and numbers.
  'AWS::SNS::Topic': ({ KmsMasterKeyId }, { id }) => /^Alarms/.test(id) || KmsMasterKeyId !== undefined,
};

/** What keeps no data of its own: settings, rights, wiring. */
const keepsNothing = [
  'AWS::ApiGatewayV2::',
  'AWS::Budgets::Budget',
  'AWS::CloudWatch::',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolGroup',
  'AWS::Events::EventBusPolicy',
  'AWS::Events::Rule',
  'AWS::IAM::',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Permission',
  'AWS::Logs::MetricFilter',
  'AWS::S3::BucketPolicy',
  'AWS::SES::',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::Schedule',
];

export const encryption: readonly TemplatePromise[] = [
  {
    name: 'everything that keeps data encrypts it at rest',
    complaints: (stage) =>
      stage.resources.flatMap((resource) => {
        const check = encrypted[resource.type];
        if (check === undefined) {
          return keepsNothing.some((type) => resource.type.startsWith(type))
            ? []
            : [`${titleOf(resource)}: nobody said how ${resource.type} encrypts`];
        }
        return check(resource.properties, resource) ? [] : [`${titleOf(resource)} is not encrypted`];
      }),
    breaches: {
      'a queue': changed('AWS::SQS::Queue', ({ properties }) => {
        properties.SqsManagedSseEnabled = false;
      }),
      'a bucket': changed('AWS::S3::Bucket', ({ properties }) => {
        delete properties.BucketEncryption;
      }),
      'another topic': (stage) => plant(stage, 'AWS::SNS::Topic', {}).id,
      'another kind of store': (stage) => plant(stage, 'AWS::Kinesis::Stream', {}).id,
    },
  },
];
