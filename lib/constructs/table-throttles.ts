import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { DataStack } from '../data-stack.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

interface Props {
  readonly data: DataStack;
}

/** Writes that DynamoDB refused because there were too many at once, over all tables of the stage. */
export class TableThrottles extends Construct {
  readonly metric: MathExpression;

  constructor(scope: Construct, id: string, { data }: Props) {
    super(scope, id);
    const period = Duration.minutes(5);
    const throttled = Object.entries(data.tables).map(
      ([name, table]) => [name, table.metric('WriteThrottleEvents', { period, statistic: 'Sum' })] as const,
    );
    this.metric = new MathExpression({
      label: 'Refused writes',
      expression: `SUM([${throttled.map(([name]) => `FILL(${name}, 0)`).join(', ')}])`,
      usingMetrics: Object.fromEntries(throttled),
      period,
    });
    new RunbookAlarm(this, 'Alarm', {
      data,
      name: 'tables/throttled',
      says: 'DynamoDB refuses writes for a quarter of an hour.',
      page: 'throttled-tables',
      metric: this.metric,
      // Tries again by the hundred pass unnoticed while a table grows with a new peak.
      threshold: 500,
      periods: 3,
    });
  }
}
