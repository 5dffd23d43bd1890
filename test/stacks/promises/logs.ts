import { type Synthesised, titleOf } from '../synthesised.ts';
import { changed, plant, type TemplatePromise, takeAway, unless } from './promise.ts';

const RETENTION_DAYS = 30;

/** What of a call may be logged: nothing of who calls, no path with an id in it, no query, no header, no claim. */
const loggable = new Set([
  'requestId',
  'routeKey',
  'status',
  'responseLatency',
  'responseLength',
  'error.message',
  'authorizer.error',
  'integrationStatus',
  'integrationLatency',
]);

const variablesOf = (format: string): readonly string[] =>
  [...format.matchAll(/\$context\.([\w.]+)/g)].map(([, name = '']) => name);

const apiStages = (stage: Synthesised) => stage.of('AWS::ApiGatewayV2::Stage');

export const logging: readonly TemplatePromise[] = [
  {
    name: 'every log group forgets after a month',
    complaints: (stage) =>
      unless(
        stage.of('AWS::Logs::LogGroup'),
        ({ properties }) => properties.RetentionInDays === RETENTION_DAYS,
        `keeps longer than ${RETENTION_DAYS} days`,
      ),
    breaches: {
      'a group that keeps for ever': changed('AWS::Logs::LogGroup', ({ properties }) => {
        delete properties.RetentionInDays;
      }),
    },
  },
  {
    name: 'every function logs into a group of its own, as JSON',
    complaints: (stage) =>
      unless(
        stage.of('AWS::Lambda::Function'),
        (fn) => {
          const group = stage.at(fn, fn.properties.LoggingConfig?.LogGroup);
          return (
            fn.properties.LoggingConfig?.LogFormat === 'JSON' &&
            group?.properties.LogGroupName === `/clientele/${stage.name}/${fn.properties.Description}`
          );
        },
        'logs elsewhere, where nothing forgets',
      ),
    breaches: {
      'a group that Lambda makes': changed('AWS::Lambda::Function', ({ properties }) => {
        delete properties.LoggingConfig.LogGroup;
      }),
      text: changed('AWS::Lambda::Function', ({ properties }) => {
        properties.LoggingConfig.LogFormat = 'Text';
      }),
    },
  },
  {
    name: 'every call of the API is logged, with nothing of whom it is about',
    complaints: (stage) => [
      ...unless(
        apiStages(stage),
        (one) =>
          stage.at(one, one.properties.AccessLogSettings?.DestinationArn)?.type === 'AWS::Logs::LogGroup',
        'has no access log',
      ),
      ...apiStages(stage).flatMap((one) =>
        variablesOf(String(one.properties.AccessLogSettings?.Format))
          .filter((name) => !loggable.has(name))
          .map((name) => `${titleOf(one)} logs ${name}`),
      ),
      // The contents of calls, which the gateway would write beside the access log.
      ...unless(
        apiStages(stage),
        ({ properties: { DefaultRouteSettings = {}, RouteSettings = {} } }) =>
          !/"DataTraceEnabled":true|"LoggingLevel":"INFO"/.test(
            JSON.stringify([DefaultRouteSettings, RouteSettings]),
          ),
        'logs what calls contain',
      ),
    ],
    breaches: {
      'no access log': changed('AWS::ApiGatewayV2::Stage', ({ properties }) => {
        delete properties.AccessLogSettings;
      }),
      'the address of callers': changed('AWS::ApiGatewayV2::Stage', ({ properties }) => {
        properties.AccessLogSettings.Format += '$context.identity.sourceIp';
      }),
      'paths with ids': changed('AWS::ApiGatewayV2::Stage', ({ properties }) => {
        properties.AccessLogSettings.Format += '$context.path';
      }),
      'the contents of calls': changed('AWS::ApiGatewayV2::Stage', ({ properties }) => {
        properties.DefaultRouteSettings.DataTraceEnabled = true;
      }),
    },
  },
  {
    name: 'the night is logged in full',
    complaints: (stage) =>
      unless(
        stage.of('AWS::StepFunctions::StateMachine'),
        (machine) => {
          const { Level, Destinations = [] } = machine.properties.LoggingConfiguration ?? {};
          const group = Destinations[0]?.CloudWatchLogsLogGroup?.LogGroupArn;
          return Level === 'ALL' && stage.at(machine, group)?.type === 'AWS::Logs::LogGroup';
        },
        'does not log every step',
      ),
    breaches: {
      'errors alone': changed('AWS::StepFunctions::StateMachine', ({ properties }) => {
        properties.LoggingConfiguration.Level = 'ERROR';
      }),
      'another machine': (stage) => plant(stage, 'AWS::StepFunctions::StateMachine', {}).id,
    },
  },
  {
    name: 'who reads the files is logged for ninety days',
    complaints: (stage) => {
      const buckets = stage.of('AWS::S3::Bucket');
      const logs = buckets.find(({ id }) => id.startsWith('AccessLogs'));
      return unless(
        buckets,
        (bucket) =>
          bucket === logs
            ? bucket.properties.LifecycleConfiguration?.Rules[0]?.ExpirationInDays === 90
            : logs !== undefined &&
              stage.at(bucket, bucket.properties.LoggingConfiguration?.DestinationBucketName) === logs,
        'does not log who reads it, or keeps that for ever',
      );
    },
    breaches: {
      'files without a log': changed(
        'AWS::S3::Bucket',
        ({ properties }) => {
          delete properties.LoggingConfiguration;
        },
        ({ id }) => id.startsWith('Files'),
      ),
      'logs for ever': changed(
        'AWS::S3::Bucket',
        ({ properties }) => {
          delete properties.LifecycleConfiguration;
        },
        ({ id }) => id.startsWith('AccessLogs'),
      ),
      'logs gone': (stage) => {
        takeAway(stage, 'AWS::S3::Bucket', ({ id }) => id.startsWith('AccessLogs'));
        return 'Files';
      },
    },
  },
];
