import { listed, type Resource, type Synthesised, titleOf } from '../synthesised.ts';
import { isKeptBy, isWatched, maySendTo } from './keepers.ts';
import { changed, firstOf, type TemplatePromise, takeAway, unless } from './promise.ts';

const TWO_WEEKS = 14 * 86_400;

const queuesOf = (stage: Synthesised) => stage.of('AWS::SQS::Queue');
const mappings = (stage: Synthesised) => stage.of('AWS::Lambda::EventSourceMapping');
const isStream = ({ properties }: Resource): boolean => properties.StartingPosition !== undefined;
const isQueue = (mapping: Resource): boolean => !isStream(mapping);
const sourceOf = (stage: Synthesised, mapping: Resource) =>
  stage.at(mapping, mapping.properties.EventSourceArn);
const functionOf = (stage: Synthesised, mapping: Resource) =>
  stage.at(mapping, mapping.properties.FunctionName);

const deadLettersOf = (stage: Synthesised, queue: Resource): Resource | undefined =>
  stage.at(queue, queue.properties.RedrivePolicy?.deadLetterTargetArn);

export const queues: readonly TemplatePromise[] = [
  {
    name: 'every queue passes what fails on to dead letters that keep it longer, or is the last stop',
    complaints: (stage) =>
      unless(
        queuesOf(stage),
        (queue) => {
          const { MessageRetentionPeriod: kept, RedrivePolicy: redrive } = queue.properties;
          if (redrive === undefined) return kept === TWO_WEEKS;
          const deadLetters = deadLettersOf(stage, queue);
          return (
            isKeptBy(deadLetters) &&
            deadLetters.properties.MessageRetentionPeriod > kept &&
            redrive.maxReceiveCount >= 3 &&
            redrive.maxReceiveCount <= 10
          );
        },
        'loses what fails',
      ),
    breaches: {
      'no dead letters': changed(
        'AWS::SQS::Queue',
        ({ properties }) => {
          delete properties.RedrivePolicy;
        },
        ({ properties }) => properties.RedrivePolicy !== undefined,
      ),
      'tried for ever': changed(
        'AWS::SQS::Queue',
        ({ properties }) => {
          properties.RedrivePolicy.maxReceiveCount = 1_000;
        },
        ({ properties }) => properties.RedrivePolicy !== undefined,
      ),
      'dead letters that go too soon': changed(
        'AWS::SQS::Queue',
        ({ properties }) => {
          properties.MessageRetentionPeriod = 60;
        },
        ({ properties }) => properties.RedrivePolicy === undefined,
      ),
    },
  },
  {
    name: 'every queue rings: dead letters at the first, work when it waits',
    complaints: (stage) =>
      unless(
        queuesOf(stage),
        (queue) =>
          isWatched(
            stage,
            queue,
            deadLettersOf(stage, queue) === undefined
              ? 'ApproximateNumberOfMessagesVisible'
              : 'ApproximateAgeOfOldestMessage',
          ),
        'fills up and nobody hears of it',
      ),
    breaches: {
      'dead letters': (stage) => silenced(stage, 'ApproximateNumberOfMessagesVisible'),
      work: (stage) => silenced(stage, 'ApproximateAgeOfOldestMessage'),
    },
  },
  {
    name: 'functions behind queues and streams send back only the messages that failed',
    complaints: (stage) =>
      unless(
        mappings(stage),
        ({ properties }) => listed(properties.FunctionResponseTypes).join() === 'ReportBatchItemFailures',
        'fails whole batches',
      ),
    breaches: {
      'whole batches': changed('AWS::Lambda::EventSourceMapping', ({ properties }) => {
        delete properties.FunctionResponseTypes;
      }),
    },
  },
  {
    name: 'a queue hides a message for six runs of its function and the window on top',
    complaints: (stage) =>
      unless(
        mappings(stage).filter(isQueue),
        (mapping) =>
          sourceOf(stage, mapping)?.properties.VisibilityTimeout >=
          6 * functionOf(stage, mapping)?.properties.Timeout +
            (mapping.properties.MaximumBatchingWindowInSeconds ?? 0),
        'hands a message to two at once',
      ),
    breaches: {
      'a visible message': (stage) => {
        const mapping = firstOf(stage, 'AWS::Lambda::EventSourceMapping', isQueue);
        const queue = sourceOf(stage, mapping);
        if (queue !== undefined) queue.properties.VisibilityTimeout -= 1;
        return mapping.id;
      },
      'a longer window': changed(
        'AWS::Lambda::EventSourceMapping',
        ({ properties }) => {
          properties.MaximumBatchingWindowInSeconds = 300;
        },
        isQueue,
      ),
    },
  },
  {
    name: 'a stream is read from its first record, halves what fails, gives up in time, keeps that and rings',
    complaints: (stage) =>
      unless(
        mappings(stage).filter(isStream),
        (mapping) => {
          const { properties } = mapping;
          const queue = stage.at(mapping, properties.DestinationConfig?.OnFailure?.Destination);
          const fn = functionOf(stage, mapping);
          return (
            properties.StartingPosition === 'TRIM_HORIZON' &&
            properties.BisectBatchOnFunctionError === true &&
            properties.MaximumRetryAttempts >= 1 &&
            properties.MaximumRetryAttempts <= 100 &&
            properties.MaximumRecordAgeInSeconds >= 3_600 &&
            // A stream keeps a day.
            properties.MaximumRecordAgeInSeconds < 86_400 &&
            isKeptBy(queue) &&
            maySendTo(stage, fn, queue) &&
            isWatched(stage, fn, 'IteratorAge')
          );
        },
        'loses or holds up what its function cannot take',
      ),
    breaches: Object.fromEntries(
      Object.entries({
        'the latest record only': { StartingPosition: 'LATEST' },
        'whole batches': { BisectBatchOnFunctionError: false },
        'tried for ever': { MaximumRetryAttempts: -1 },
        'records of any age': { MaximumRecordAgeInSeconds: -1 },
        'nothing kept': { DestinationConfig: undefined },
      }).map(([breach, change]) => [
        breach,
        changed(
          'AWS::Lambda::EventSourceMapping',
          ({ properties }) => {
            Object.assign(properties, change);
          },
          isStream,
        ),
      ]),
    ),
  },
];

/** Takes away the first alarm on a metric, and answers whom it watched. */
function silenced(stage: Synthesised, metric: string): string {
  const alarm = takeAway(
    stage,
    'AWS::CloudWatch::Alarm',
    ({ properties }) => properties.MetricName === metric,
  );
  const watched = stage.at(alarm, alarm.properties.Dimensions[0].Value);
  return watched === undefined ? titleOf(alarm) : watched.id;
}
