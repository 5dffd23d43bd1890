import { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { DataStack } from '../data-stack.ts';
import { everyQuarter } from './every-quarter.ts';
import { measured } from './line-metric.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

interface Props {
  readonly data: DataStack;
  readonly deadLetterQueue: Queue;
}

/**
 * Rings when the night is not over by 06:00. It is asked every quarter of an hour, and not once: then the alarm
 * also rings when nobody answers, and stops by itself when the night is done.
 */
export class NightCheck extends Construct {
  /** 1 where the night is late, else 0. */
  readonly late: Metric;

  constructor(scope: Construct, id: string, { data, deadLetterQueue }: Props) {
    super(scope, id);
    const check = everyQuarter(this, {
      data,
      deadLetterQueue,
      name: 'night/check',
      description: `Asks whether the night of clientele ${data.stage.name} is over`,
    });
    this.late = measured('lateNight', {
      data,
      logGroup: check.logGroup,
      name: 'NightLate',
      period: Duration.minutes(30),
    });
    new RunbookAlarm(this, 'Late', {
      data,
      name: 'night/late',
      says: 'The night is not done by 06:00, or nobody looked.',
      page: 'night-late',
      metric: this.late,
      threshold: 1,
      silence: 'trouble',
    });
  }
}
