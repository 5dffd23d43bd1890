/**
 * What is lost with a resource of each type. A deployment stops before one is deleted, left behind or replaced.
 * Queues hold events that were accepted and answered for; a new API or client has an id that tills and people's
 * programs do not know; who confirmed a subscription or was given a role would have to again.
 */
export const lostWith: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Api': 'the address that every till and shop sends to',
  'AWS::Cognito::UserPool': 'its people and their passwords',
  'AWS::Cognito::UserPoolClient': 'the id with which people sign in',
  'AWS::Cognito::UserPoolGroup': 'who has this role',
  'AWS::DynamoDB::GlobalTable': 'its items',
  'AWS::Events::EventBus': 'what is on its way over it',
  'AWS::S3::Bucket': 'its files',
  'AWS::SecretsManager::Secret':
    'its value, without which nothing hashed or sealed with it is found or read again',
  'AWS::SNS::Topic': 'the subscriptions that people have confirmed',
  'AWS::SQS::Queue': 'the messages in it: accepted events, or those that wait to be redriven',
};

/** Properties whose change loses something although the resource stays. */
export const lostByChanging: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS::DynamoDB::GlobalTable': { StreamSpecification: 'what is in the old stream and was not relayed' },
  // CloudFormation draws a new value whenever the way to draw it is described otherwise.
  'AWS::SecretsManager::Secret': {
    GenerateSecretString: 'its value, in whose place a new one is drawn',
    SecretString: 'its value',
  },
};

/** Types that hold nothing: made anew, they do what they did. Logs of functions are not the shop's records. */
export const replaceable: ReadonlySet<string> = new Set([
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::Budgets::Budget',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Events::Rule',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  // It reads a stream from its oldest record, and a queue keeps what nobody reads.
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::S3::BucketPolicy',
  'AWS::SES::ConfigurationSet',
  'AWS::SES::ConfigurationSetEventDestination',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::Schedule',
  'AWS::StepFunctions::StateMachine',
]);

/** What is lost with a resource of this type; undefined where nothing is. Of a type unknown here, too much is said. */
export const lossOf = (type: string): string | undefined =>
  replaceable.has(type)
    ? undefined
    : (lostWith[type] ?? 'whatever it holds (ops/deploy/stateful.ts does not know the type)');
