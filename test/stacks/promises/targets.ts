import { rightsIn } from '../policies.ts';
import { arnOf } from '../references.ts';
import { listed, type Resource, type Synthesised } from '../synthesised.ts';
import { letsIn } from './doors.ts';
import { isKeptBy, maySendTo } from './keepers.ts';
import { changed, firstOf, plant, type TemplatePromise, unless } from './promise.ts';

/** Called by a rule or a schedule, which do not wait for the answer: Lambda alone knows of a failure. */
const areCalledAsynchronously = (stage: Synthesised): readonly Resource[] => {
  const targets = [
    ...stage
      .of('AWS::Events::Rule')
      .flatMap((rule) =>
        listed<{ Arn: unknown }>(rule.properties.Targets).map(({ Arn }) => stage.at(rule, Arn)),
      ),
    ...stage.of('AWS::Scheduler::Schedule').map((one) => stage.at(one, one.properties.Target.Arn)),
  ];
  return stage.of('AWS::Lambda::Function').filter((fn) => targets.includes(fn));
};

export const targets: readonly TemplatePromise[] = [
  {
    name: 'every rule keeps what it cannot deliver, in a queue that lets it in',
    complaints: (stage) =>
      unless(
        stage.of('AWS::Events::Rule'),
        (rule) =>
          rule.properties.Targets.length > 0 &&
          rule.properties.Targets.every((target: { DeadLetterConfig?: { Arn: unknown } }) => {
            const queue = stage.at(rule, target.DeadLetterConfig?.Arn);
            const letter = { service: 'events.amazonaws.com', action: 'sqs:SendMessage', source: rule };
            return isKeptBy(queue) && letsIn(stage, queue, letter);
          }),
        'drops what it cannot deliver',
      ),
    breaches: {
      'no dead letters': changed('AWS::Events::Rule', ({ properties }) => {
        delete properties.Targets[0].DeadLetterConfig;
      }),
      'dead letters that let nobody in': (stage) => {
        const rule = firstOf(stage, 'AWS::Events::Rule');
        for (const { properties } of stage.of('AWS::SQS::QueuePolicy'))
          properties.PolicyDocument.Statement = [];
        return rule.id;
      },
    },
  },
  {
    name: 'every schedule tries for a while, then keeps what it cannot start',
    complaints: (stage) =>
      unless(
        stage.of('AWS::Scheduler::Schedule'),
        (schedule) => {
          const { DeadLetterConfig, RetryPolicy, RoleArn } = schedule.properties.Target;
          const queue = stage.at(schedule, DeadLetterConfig?.Arn);
          const role = stage.at(schedule, RoleArn);
          const mayKeep = stage
            .of('AWS::IAM::Policy')
            .filter((policy) => stage.at(policy, policy.properties.Roles[0]) === role)
            .flatMap((policy) => rightsIn(stage, policy))
            .some(
              ({ action, resource }) =>
                action === 'sqs:SendMessage' && queue && resource === arnOf(stage, queue),
            );
          return (
            isKeptBy(queue) &&
            mayKeep &&
            RetryPolicy?.MaximumRetryAttempts <= 185 &&
            RetryPolicy?.MaximumEventAgeInSeconds <= 86_400
          );
        },
        'drops what it cannot start, or tries for ever',
      ),
    breaches: {
      'no dead letters': changed('AWS::Scheduler::Schedule', ({ properties }) => {
        delete properties.Target.DeadLetterConfig;
      }),
      'no end': changed('AWS::Scheduler::Schedule', ({ properties }) => {
        delete properties.Target.RetryPolicy;
      }),
    },
  },
  {
    name: 'there are no pipes: a function relays the outbox, since values are packed',
    complaints: (stage) =>
      unless(stage.of('AWS::Pipes::Pipe'), () => false, 'has no promises yet: state them'),
    breaches: { 'a pipe': (stage) => plant(stage, 'AWS::Pipes::Pipe', {}).id },
  },
  {
    name: 'a function that nobody waits for is tried three times, and what it gave up on is kept',
    complaints: (stage) =>
      unless(
        areCalledAsynchronously(stage),
        (fn) => {
          const queue = stage.at(fn, fn.properties.DeadLetterConfig?.TargetArn);
          // Lambda tries twice more by itself, unless it is told otherwise.
          const isTold = stage
            .of('AWS::Lambda::EventInvokeConfig')
            .some((one) => stage.at(one, one.properties.FunctionName) === fn);
          return isKeptBy(queue) && maySendTo(stage, fn, queue) && !isTold;
        },
        'drops what it gave up on',
      ),
    breaches: {
      'no dead letters': (stage) => {
        const [fn] = areCalledAsynchronously(stage);
        delete fn?.properties.DeadLetterConfig;
        return fn?.id ?? '';
      },
      'tried otherwise': (stage) => {
        const [fn] = areCalledAsynchronously(stage);
        const told = plant(stage, 'AWS::Lambda::EventInvokeConfig', { FunctionName: { Ref: fn?.id } });
        stage.resources.splice(stage.resources.indexOf(told), 1, { ...told, stack: fn?.stack ?? '' });
        return fn?.id ?? '';
      },
    },
  },
];
