import { statementsOf } from '../policies.ts';
import { ACCOUNT, textOf } from '../references.ts';
import { type Synthesised, titleOf } from '../synthesised.ts';
import { doors, guarded, isNarrow, isOfStage, refusesPlainText } from './doors.ts';
import { changed, firstOf, plant, type TemplatePromise, takeAway, unless } from './promise.ts';

export const entrances: readonly TemplatePromise[] = [
  {
    name: 'functions are called only by sources of this stage, each by its ARN',
    complaints: (stage) =>
      unless(
        stage.of('AWS::Lambda::Permission'),
        (permission) => {
          const { Action, Principal, SourceArn } = permission.properties;
          return (
            Action === 'lambda:InvokeFunction' &&
            ['apigateway.amazonaws.com', 'events.amazonaws.com'].includes(Principal) &&
            SourceArn !== undefined &&
            isOfStage(stage, textOf(stage, permission, SourceArn))
          );
        },
        'lets in more than a source of this stage',
      ),
    breaches: {
      'no source': changed('AWS::Lambda::Permission', ({ properties }) => {
        delete properties.SourceArn;
      }),
      'every API of the account': changed('AWS::Lambda::Permission', ({ properties }) => {
        properties.SourceArn = `arn:aws:execute-api:eu-west-1:${ACCOUNT}:*`;
      }),
      'another account': changed('AWS::Lambda::Permission', ({ properties }) => {
        properties.Principal = '444455556666';
      }),
    },
  },
  {
    name: 'queues, buckets, topics and the bus let in services alone, on behalf of this stage',
    complaints: (stage) =>
      doors
        .flatMap((type) => stage.of(type))
        .flatMap((policy) =>
          statementsOf(policy)
            .filter((statement) => !isNarrow(stage, policy, statement))
            .map((statement) => `${titleOf(policy)} lets in ${JSON.stringify(statement)}`),
        ),
    breaches: {
      'anybody may send': changed('AWS::SQS::QueuePolicy', ({ properties }) => {
        properties.PolicyDocument.Statement.push({
          Effect: 'Allow',
          Principal: '*',
          Action: 'sqs:SendMessage',
        });
      }),
      'a service for anybody': changed('AWS::S3::BucketPolicy', ({ properties }) => {
        for (const statement of properties.PolicyDocument.Statement) {
          if (statement.Effect === 'Allow') delete statement.Condition;
        }
      }),
      'another account on the bus': (stage) =>
        plant(stage, 'AWS::Events::EventBusPolicy', {
          PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { AWS: '444455556666' } }] },
        }).id,
    },
  },
  {
    name: 'queues, buckets and topics refuse what comes in plain text',
    complaints: (stage) =>
      unless(
        Object.keys(guarded).flatMap((type) => stage.of(type)),
        (resource) => refusesPlainText(stage, resource),
        'answers in plain text',
      ),
    breaches: Object.fromEntries(
      Object.entries(guarded).map(([type, { policy }]) => [
        type,
        (stage: Synthesised) => {
          takeAway(stage, policy);
          return type === 'AWS::SQS::Queue' ? 'answers in plain text' : firstOf(stage, type).id;
        },
      ]),
    ),
  },
  {
    name: 'the API and the senders speak TLS only',
    complaints: (stage) => [
      ...unless(
        stage.of('AWS::SES::ConfigurationSet'),
        ({ properties }) => properties.DeliveryOptions?.TlsPolicy === 'REQUIRE',
        'sends without TLS where the other side has none',
      ),
      // API Gateway's own address takes TLS alone; an address of one's own says which.
      ...unless(
        stage.of('AWS::ApiGatewayV2::DomainName'),
        ({ properties }) =>
          properties.DomainNameConfigurations?.every(
            (one: { SecurityPolicy?: string }) => one.SecurityPolicy === 'TLS_1_2',
          ) === true,
        'takes TLS older than 1.2',
      ),
      ...unless(
        stage.of('AWS::SNS::Subscription'),
        ({ properties }) => properties.Protocol !== 'http',
        'is told in plain text',
      ),
    ],
    breaches: {
      'e-mail in plain text': changed('AWS::SES::ConfigurationSet', ({ properties }) => {
        properties.DeliveryOptions.TlsPolicy = 'OPTIONAL';
      }),
      'an address of one’s own': (stage) => plant(stage, 'AWS::ApiGatewayV2::DomainName', {}).id,
      'alarms over http': (stage) => plant(stage, 'AWS::SNS::Subscription', { Protocol: 'http' }).id,
    },
  },
  {
    name: 'buckets are closed to the public',
    complaints: (stage) =>
      unless(
        stage.of('AWS::S3::Bucket'),
        ({ properties: { PublicAccessBlockConfiguration: block = {}, AccessControl } }) =>
          ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].every(
            (one) => block[one] === true,
          ) && AccessControl === undefined,
        'is open to the public',
      ),
    breaches: {
      'a policy for everybody': changed('AWS::S3::Bucket', ({ properties }) => {
        properties.PublicAccessBlockConfiguration.BlockPublicPolicy = false;
      }),
    },
  },
  {
    name: 'people are invited, bring a second factor, and sign in nowhere but here',
    complaints: (stage) => [
      ...unless(
        stage.of('AWS::Cognito::UserPool'),
        ({ properties: { MfaConfiguration, AdminCreateUserConfig } }) =>
          MfaConfiguration === 'ON' && AdminCreateUserConfig?.AllowAdminCreateUserOnly === true,
        'lets people in who were not invited, or by password alone',
      ),
      // Without a word about OAuth, the CDK sends tokens to example.com.
      ...unless(
        stage.of('AWS::Cognito::UserPoolClient'),
        ({ properties: { AllowedOAuthFlowsUserPoolClient, PreventUserExistenceErrors } }) =>
          AllowedOAuthFlowsUserPoolClient === false && PreventUserExistenceErrors === 'ENABLED',
        'sends tokens elsewhere, or tells who has an account',
      ),
    ],
    breaches: {
      'by password alone': changed('AWS::Cognito::UserPool', ({ properties }) => {
        properties.MfaConfiguration = 'OPTIONAL';
      }),
      'tokens for another site': changed('AWS::Cognito::UserPoolClient', ({ properties }) => {
        properties.AllowedOAuthFlowsUserPoolClient = true;
      }),
    },
  },
];
