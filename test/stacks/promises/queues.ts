import { describe, expect, it } from 'vitest';
import { type Resource, type Synthesised, titled } from '../synthesised.ts';

/** What is never lost, and who hears of what gives up. */
export const describeQueues = (stage: Synthesised): void => {
  describe(`queues of ${stage.name}`, () => {
    const queues = stage.of('AWS::SQS::Queue');
    const alarms = stage.of('AWS::CloudWatch::Alarm');
    const hasAlarm = (queue: Resource, metric: string): boolean =>
      alarms.some(
        (alarm) =>
          alarm.properties.MetricName === metric &&
          alarm.properties.Dimensions?.some(
            (one: { Value: unknown }) => stage.at(alarm, one.Value) === queue,
          ),
      );
    const deadLettersOf = (queue: Resource): Resource | undefined =>
      stage.at(queue, queue.properties.RedrivePolicy?.deadLetterTargetArn);

    it('exist', () => {
      expect(queues.length).toBeGreaterThan(5);
    });

    it.each(titled(queues))(
      '%s sends what fails on to dead letters that ring, or is their keeper',
      (_name, queue) => {
        const deadLetters = deadLettersOf(queue) ?? queue;

        expect(hasAlarm(deadLetters, 'ApproximateNumberOfMessagesVisible')).toBe(true);
        expect(deadLetters.properties.MessageRetentionPeriod).toBe(14 * 86_400);
      },
    );

    it.each(titled(queues.filter((queue) => deadLettersOf(queue) !== undefined)))(
      '%s rings when messages wait too long',
      (_name, queue) => {
        expect(hasAlarm(queue, 'ApproximateAgeOfOldestMessage')).toBe(true);
      },
    );

    const mappings = stage.of('AWS::Lambda::EventSourceMapping');

    const behindQueues = mappings.filter(({ properties }) => properties.StartingPosition === undefined);

    it.each(titled(mappings))('%s sends back only the messages that failed', (_name, mapping) => {
      expect(mapping.properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    });

    it.each(titled(behindQueues))('%s leaves room for other functions', (_name, mapping) => {
      expect(mapping.properties.ScalingConfig.MaximumConcurrency).toBeGreaterThanOrEqual(2);
      expect(mapping.properties.ScalingConfig.MaximumConcurrency).toBeLessThanOrEqual(100);
    });

    it.each(titled(behindQueues))('%s hides a message for six runs of its function', (_name, mapping) => {
      const queue = stage.at(mapping, mapping.properties.EventSourceArn);
      const fn = stage.at(mapping, mapping.properties.FunctionName);

      expect(queue?.properties.VisibilityTimeout).toBeGreaterThanOrEqual(
        6 * fn?.properties.Timeout + (mapping.properties.MaximumBatchingWindowInSeconds ?? 0),
      );
    });

    it.each(titled(stage.of('AWS::Events::Rule')))('%s keeps what it cannot deliver', (_name, rule) => {
      for (const target of rule.properties.Targets) {
        expect(stage.at(rule, target.DeadLetterConfig?.Arn)?.type).toBe('AWS::SQS::Queue');
      }
    });

    it.each(titled(stage.of('AWS::Scheduler::Schedule')))(
      '%s keeps what it cannot start',
      (_name, schedule) => {
        expect(stage.at(schedule, schedule.properties.Target.DeadLetterConfig?.Arn)?.type).toBe(
          'AWS::SQS::Queue',
        );
      },
    );

    it('begin at the first message of the outbox, and set aside what cannot be relayed', () => {
      const [relay, ...others] = mappings.filter(
        ({ properties }) => properties.StartingPosition !== undefined,
      );

      expect(others).toEqual([]);
      expect(relay?.properties).toMatchObject({
        StartingPosition: 'TRIM_HORIZON',
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 20,
        FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
      });
      expect(relay && stage.at(relay, relay.properties.DestinationConfig.OnFailure.Destination)?.type).toBe(
        'AWS::SQS::Queue',
      );
    });

    it('are written to by EventBridge only for rules of this stage', () => {
      const rules = stage
        .of('AWS::SQS::QueuePolicy')
        .flatMap(({ properties }) => properties.PolicyDocument.Statement);
      const open = rules.filter(({ Effect, Condition }) => Effect === 'Allow' && Condition === undefined);

      expect(open).toEqual([]);
    });
  });
};
