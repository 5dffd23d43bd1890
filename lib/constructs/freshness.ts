import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { DataStack } from '../data-stack.ts';
import type { EventConsumer } from './event-consumer.ts';
import { measured } from './line-metric.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

interface Props {
  readonly data: DataStack;
  readonly fold: EventConsumer;
}

/** From the door to the record, in seconds: the objective of the 99th percentile, and what somebody is woken for. */
export const freshness = { objective: 60, rings: 300 } as const;

/** How old the oldest event is that is not in its customer's record yet. */
export class Freshness extends Construct {
  readonly metric: MathExpression;

  constructor(scope: Construct, id: string, { data, fold }: Props) {
    super(scope, id);
    const period = Duration.minutes(1);
    this.metric = new MathExpression({
      label: 'Oldest event not folded, s',
      // What was folded late, and what was not folded at all: a fold that stands still writes no lines.
      expression: 'MAX([FILL(folded, 0), FILL(waiting, 0)])',
      usingMetrics: {
        folded: measured('freshness', {
          data,
          logGroup: fold.function.logGroup,
          name: 'OldestFolded',
          period,
        }),
        waiting: fold.queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'Maximum' }),
      },
      period,
    });
    new RunbookAlarm(this, 'Alarm', {
      data,
      name: 'customers/freshness',
      says: `Events are not in their customers' records ${freshness.rings / 60} minutes after they came.`,
      page: 'freshness',
      metric: this.metric,
      threshold: freshness.rings,
      periods: 3,
    });
  }
}
