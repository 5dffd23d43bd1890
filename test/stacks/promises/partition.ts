import { type Capability, capabilities, has } from '../../../lib/partitions.ts';
import type { Synthesised } from '../synthesised.ts';
import { firstOf, plant, type TemplatePromise } from './promise.ts';

/** Words that betray a capability outside of resource types: rights, endpoints, switches. */
const traces: Readonly<Record<Capability, readonly RegExp[]>> = {
  ses: [/"ses:/, /AWS\/SES/, /aws\.ses/],
  sms: [/"sms-voice:/, /AWS\/SMSVoice/],
  cognito: [/cognito/i],
  tracing: [/"xray:/, /"Trac\w+Config/],
  functionUrls: [/"lambda:InvokeFunctionUrl/],
  mappingExtras: [/"ProvisionedPollerConfig"/, /"MetricsConfig"/, /:event-source-mapping:/],
  asyncMetrics: [/"AsyncEvent(sReceived|Age|sDropped)"/],
  topicsToPhones: [/"Protocol":"(sms|application)"/],
  globalEndpoints: [/"RoutingConfig"/],
  httpTasks: [/:states:::http:invoke/],
};

/** Service principals that are the same in all partitions; an unknown one has to be looked up. */
const principals = [
  'apigateway.amazonaws.com',
  'cloudwatch.amazonaws.com',
  'events.amazonaws.com',
  'lambda.amazonaws.com',
  'logging.s3.amazonaws.com',
  'scheduler.amazonaws.com',
  'states.amazonaws.com',
];

const all = Object.keys(capabilities) as Capability[];

function uses(stage: Synthesised, capability: Capability): boolean {
  const prefixes: readonly string[] = capabilities[capability];
  return (
    stage.resources.some(({ type }) => prefixes.some((prefix) => type.startsWith(prefix))) ||
    traces[capability].some((trace) => trace.test(stage.text())) ||
    (capability === 'mappingExtras' &&
      stage.of('AWS::Lambda::EventSourceMapping').some(({ properties }) => properties.Tags !== undefined))
  );
}

/** What lib/stages.ts asks for. */
function asked({ written: { email, sms, auth, partition } }: Synthesised): readonly Capability[] {
  const wishes: readonly (readonly [Capability, boolean])[] = [
    ['ses', email.kind === 'ses'],
    ['sms', sms.kind === 'end-user-messaging'],
    ['cognito', auth.kind === 'cognito'],
    ['tracing', has(partition, 'tracing')],
  ];
  return wishes.filter(([, wanted]) => wanted).map(([capability]) => capability);
}

export const partitionPromises: readonly TemplatePromise[] = [
  {
    name: 'a stage uses nothing that its partition lacks',
    complaints: (stage) =>
      all
        .filter((capability) => !has(stage.written.partition, capability) && uses(stage, capability))
        .map((capability) => `${stage.written.partition} lacks ${capability}`),
    breaches: {
      // On the stage of aws, so the stage moves first.
      'text messages': (stage) => {
        moved(stage);
        return 'aws-cn lacks sms';
      },
      'a user pool': (stage) => {
        moved(stage);
        return 'aws-cn lacks cognito';
      },
      'tags on a mapping': (stage) => {
        moved(stage);
        return 'aws-cn lacks mappingExtras';
      },
      'a function’s own address': (stage) => {
        moved(stage);
        plant(stage, 'AWS::Lambda::Url', {});
        return 'aws-cn lacks functionUrls';
      },
    },
  },
  {
    name: 'a stage uses what it asked for',
    complaints: (stage) =>
      asked(stage)
        .filter((capability) => !uses(stage, capability))
        .map((capability) => `${stage.name} asked for ${capability} and has none`),
    breaches: {
      'e-mail': (stage) => {
        for (const { properties, type } of stage.resources) {
          if (type.startsWith('AWS::SES::') || /ses/i.test(JSON.stringify(properties))) clear(properties);
        }
        stage.resources.splice(
          0,
          stage.resources.length,
          ...stage.resources.filter(({ type }) => !type.startsWith('AWS::SES::')),
        );
        return 'asked for ses';
      },
    },
  },
  {
    name: 'every ARN spells the partition of the stage',
    complaints: (stage) =>
      [...new Set([...stage.text().matchAll(/arn:(aws[a-z-]*):/g)].map(([, name]) => name))]
        .filter((name) => name !== stage.written.partition)
        .map((name) => `an ARN spells ${name}`),
    breaches: {
      'another partition': (stage) => {
        plant(stage, 'AWS::SQS::Queue', {
          RedrivePolicy: { deadLetterTargetArn: 'arn:aws-us-gov:sqs:x:1:y' },
        });
        return 'aws-us-gov';
      },
    },
  },
  {
    name: 'service principals are those that every partition knows',
    complaints: (stage) =>
      [...new Set(stage.text().match(/[a-z0-9.-]+\.amazonaws\.com(\.cn)?(?=")/g) ?? [])]
        .filter((name) => !principals.includes(name) && !name.startsWith('cognito-idp.'))
        .map((name) => `${name} is nobody we know`),
    breaches: {
      'a service of its own': (stage) => {
        const { properties } = firstOf(stage, 'AWS::IAM::Role');
        properties.AssumeRolePolicyDocument.Statement[0].Principal = { Service: 'budgets.amazonaws.com' };
        return 'budgets.amazonaws.com';
      },
    },
  },
];

/** For breaches: the stage as it would be in China, were nothing else changed. */
const moved = (stage: Synthesised): void => {
  Object.assign(stage.written, { partition: 'aws-cn' });
};

const clear = (properties: Record<string, unknown>): void => {
  for (const name of Object.keys(properties)) delete properties[name];
};
