import { rightsOf } from '../policies.ts';
import { arnOf } from '../references.ts';
import { listed, type Resource, type Synthesised } from '../synthesised.ts';

/** Whether an alarm watches this metric of this resource. */
export const isWatched = (stage: Synthesised, resource: Resource | undefined, metric: string): boolean =>
  stage
    .of('AWS::CloudWatch::Alarm')
    .some(
      (alarm) =>
        alarm.properties.MetricName === metric &&
        listed<{ Value: unknown }>(alarm.properties.Dimensions).some(
          ({ Value }) => resource !== undefined && stage.at(alarm, Value) === resource,
        ),
    );

/** Whether a function's role may put something into a queue. */
export const maySendTo = (
  stage: Synthesised,
  fn: Resource | undefined,
  queue: Resource | undefined,
): boolean =>
  fn !== undefined &&
  queue !== undefined &&
  rightsOf(stage, fn).some(
    ({ action, resource }) => action === 'sqs:SendMessage' && resource === arnOf(stage, queue),
  );

export const isKeptBy = (queue: Resource | undefined): queue is Resource => queue?.type === 'AWS::SQS::Queue';
