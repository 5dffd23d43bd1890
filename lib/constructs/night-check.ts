import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { DataStack } from '../data-stack.ts';
import { ClienteleFunction } from './clientele-function.ts';
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
    const check = new ClienteleFunction(this, 'Function', { name: 'night/check', data, deadLetterQueue });
    new Schedule(this, 'Schedule', {
      description: `Asks whether the night of clientele ${data.stage.name} is over`,
      // From the full hour in the stage's zone, where some are off UTC by a quarter.
      schedule: ScheduleExpression.cron({
        minute: '0/15',
        timeZone: TimeZone.of(data.stage.settings.zone),
      }),
      target: new LambdaInvoke(check, {
        role: this.role(check, deadLetterQueue).withoutPolicyUpdates(),
        // The next one comes anyway.
        retryAttempts: 2,
        maxEventAge: Duration.minutes(10),
        deadLetterQueue,
      }),
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

  /** The one that the CDK makes may also invoke every version. */
  private role(check: ClienteleFunction, deadLetters: Queue): Role {
    const role = new Role(this, 'ScheduleRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    const allow = (action: string, resource: string) =>
      role.addToPolicy(new PolicyStatement({ actions: [action], resources: [resource] }));
    allow('lambda:InvokeFunction', check.functionArn);
    allow('sqs:SendMessage', deadLetters.queueArn);
    return role;
  }
}
