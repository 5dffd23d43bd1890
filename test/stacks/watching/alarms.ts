import { describe, expect, it } from 'vitest';
import { partitions } from '../../../lib/partitions.ts';
import type { Resource, Synthesised } from '../synthesised.ts';

interface Watched {
  readonly namespace: string;
  readonly name: string;
}

/** The metrics that an alarm or a graph looks at. */
const watchedBy = ({ properties }: Resource): Watched[] =>
  properties.Metrics === undefined
    ? [{ namespace: properties.Namespace, name: properties.MetricName }]
    : properties.Metrics.flatMap(
        (one: { MetricStat?: { Metric: { Namespace: string; MetricName: string } } }) =>
          one.MetricStat === undefined
            ? []
            : [{ namespace: one.MetricStat.Metric.Namespace, name: one.MetricStat.Metric.MetricName }],
      );

export const describeAlarms = (stage: Synthesised): void => {
  const alarms = stage.of('AWS::CloudWatch::Alarm');
  const alarm = (name: string): Resource => {
    const found = alarms.find(({ properties }) => properties.AlarmName === `clientele/${stage.name}/${name}`);
    if (found === undefined) throw new Error(`${stage.name} has no alarm ${name}`);
    return found;
  };
  const expressionOf = (name: string): string =>
    alarm(name).properties.Metrics.find(({ Expression }: { Expression?: string }) => Expression !== undefined)
      .Expression;
  /** The dashboard's text, with the names of what it refers to left out. */
  const [dashboard] = stage.of('AWS::CloudWatch::Dashboard');
  const body = JSON.stringify(dashboard?.properties.DashboardBody).replaceAll('\\', '');

  describe(`what ${stage.name} is watched for`, () => {
    it('is heard by a topic, each time it begins and each time it ends', () => {
      const silent = alarms.filter(
        ({ properties }) => properties.AlarmActions?.length !== 1 || properties.OKActions?.length !== 1,
      );

      expect(silent.map(({ properties }) => properties.AlarmName)).toEqual([]);
    });

    it('is told by somebody: a service of AWS, or a filter over our own lines', () => {
      const made = stage
        .of('AWS::Logs::MetricFilter')
        .flatMap(({ properties }) => properties.MetricTransformations)
        .map(({ MetricNamespace, MetricName }) => `${MetricNamespace} ${MetricName}`);
      const ours = alarms
        .flatMap(watchedBy)
        .filter(({ namespace }) => !namespace.startsWith('AWS/'))
        .map(({ namespace, name }) => `${namespace} ${name}`);

      expect(new Set(ours)).toEqual(new Set(made));
      expect(made).toHaveLength(4);
    });

    it('is its freshness: what was folded late and what was not folded, for three minutes', () => {
      const { properties } = alarm('customers/freshness');

      expect(watchedBy(alarm('customers/freshness'))).toEqual([
        { namespace: `Clientele/${stage.name}`, name: 'OldestFolded' },
        { namespace: 'AWS/SQS', name: 'ApproximateAgeOfOldestMessage' },
      ]);
      expect(expressionOf('customers/freshness')).toMatch(/^MAX\(/);
      expect(properties).toMatchObject({
        Threshold: 300,
        EvaluationPeriods: 3,
        TreatMissingData: 'notBreaching',
      });
    });

    it.each([
      ['nobody calls', 0, 0, false],
      ['one call of one fails at night', 1, 1, false],
      ['every call fails, few as they are', 4, 4, true],
      ['one in a hundred fails', 10, 1_000, true],
      ['one in a thousand fails', 10, 10_000, false],
    ])('is how well it takes events: %s', (_what, failures, calls, rings) => {
      const expression = expressionOf('ingest/availability');
      const [, fewest, share] =
        /^IF\(failures >= (\d+), (100 \* failures \/ calls), 0\)$/.exec(expression) ?? [];

      expect(share).toBeDefined();
      const value = failures >= Number(fewest) ? (100 * failures) / calls : 0;
      expect(value >= alarm('ingest/availability').properties.Threshold).toBe(rings);
    });

    it('is that the night is over, and that somebody looks', () => {
      expect(alarm('night/late').properties).toMatchObject({
        Threshold: 1,
        EvaluationPeriods: 1,
        Period: 1_800,
        TreatMissingData: 'breaching',
      });
    });

    it('is that a night succeeds within a day and two hours', () => {
      const { Period, EvaluationPeriods, TreatMissingData } = alarm('night/missing').properties;

      expect([Period * EvaluationPeriods, TreatMissingData]).toEqual([26 * 3_600, 'breaching']);
    });

    it('is asked four times an hour, by a schedule that may do nothing else', () => {
      const check = stage
        .of('AWS::Scheduler::Schedule')
        .find((one) => stage.at(one, one.properties.Target.Arn)?.properties.Description === 'night/check');
      const role = check && stage.at(check, check.properties.Target.RoleArn);
      const policies = stage
        .of('AWS::IAM::Policy')
        .filter((policy) => policy.properties.Roles.some((one: unknown) => stage.at(policy, one) === role));

      expect(check?.properties).toMatchObject({
        ScheduleExpression: 'cron(0/15 * * * ? *)',
        ScheduleExpressionTimezone: stage.written.settings.zone,
        State: 'ENABLED',
      });
      expect(
        policies.flatMap(({ properties }) =>
          properties.PolicyDocument.Statement.map(({ Action }: { Action: string }) => Action),
        ),
      ).toEqual(['lambda:InvokeFunction', 'sqs:SendMessage']);
    });

    it('is on one page with all alarms, which begins with the service levels', () => {
      const first = body.indexOf('"type":"alarm"');
      const levels = ['Ingest availability', 'Oldest event not folded', 'Dead letters', 'Night late'];

      for (const { properties } of alarms) expect(body).toContain(`:alarm:${properties.AlarmName}`);
      for (const level of levels) {
        expect(body.indexOf(level)).toBeGreaterThan(-1);
        expect(body.indexOf(level)).toBeLessThan(first);
      }
    });
  });

  describe(`what ${stage.name} may cost`, () => {
    const budgets = stage.of('AWS::Budgets::Budget');

    it('is watched by its tag, in the currency of its bill', () => {
      const [services] = budgets;

      expect(services?.properties.Budget).toMatchObject({
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: {
          Amount: stage.written.monthlyBudget,
          Unit: partitions[stage.written.partition].bills,
        },
        CostFilters: { TagKeyValue: [`user:stage$${stage.name}`] },
      });
    });

    it('is told to the operators at 80 %, and when it will not last', () => {
      for (const { properties } of budgets) {
        const told = properties.NotificationsWithSubscribers.map(
          ({
            Notification: { NotificationType, Threshold },
            Subscribers,
          }: {
            Notification: { NotificationType: string; Threshold: number };
            Subscribers: { Address: string }[];
          }) => [NotificationType, Threshold, Subscribers.map(({ Address }) => Address)],
        );

        expect(told).toEqual([
          ['ACTUAL', 80, stage.written.operators],
          ['FORECASTED', 100, stage.written.operators],
        ]);
      }
    });

    it('counts messages apart, where AWS sends them', () => {
      const sends = stage.written.email.kind === 'ses';

      expect(budgets).toHaveLength(sends ? 2 : 1);
      expect(alarms.filter(({ properties }) => properties.AlarmName.endsWith('/sms/spend'))).toHaveLength(
        sends ? 1 : 0,
      );
    });
  });
};
