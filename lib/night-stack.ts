import { Duration, Stack, type StackProps, TimeZone } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import {
  ContextAttribute,
  Schedule,
  ScheduleExpression,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { outputs } from '../shared/contracts/deployed.ts';
import { nightHours } from '../shared/contracts/night-hours.ts';
import { ClienteleFunction } from './constructs/clientele-function.ts';
import { DeadLetters } from './constructs/dead-letters.ts';
import { NightCheck } from './constructs/night-check.ts';
import { NightMachine } from './constructs/night-machine.ts';
import { RunbookAlarm } from './constructs/runbook-alarm.ts';
import { tell } from './constructs/tell.ts';
import type { DataStack } from './data-stack.ts';

interface Props extends StackProps {
  readonly data: DataStack;
}

/** The nightly pass: when it starts, what it does, who hears when it does not end well. */
export class NightStack extends Stack {
  readonly machine: StateMachine;
  /** 1 where the night is not over in time, else 0. */
  readonly late: Metric;
  readonly undelivered: Queue;

  constructor(scope: Construct, id: string, { data, ...props }: Props) {
    super(scope, id, props);
    this.machine = new NightMachine(this, 'Night', { data }).machine;
    this.undelivered = new DeadLetters(this, 'Undelivered', { data, of: 'night' }).queue;
    this.start(data, this.undelivered);
    this.markFailures(data, this.undelivered);
    this.late = new NightCheck(this, 'Check', { data, deadLetterQueue: this.undelivered }).late;
    this.ring(data);
    tell(this, {
      [outputs.nightMachine]: this.machine.stateMachineArn,
      [outputs.deadLetters('night')]: this.undelivered.queueUrl,
    });
  }

  private start(data: DataStack, deadLetterQueue: Queue): void {
    const { hour, minute } = nightHours.starts;
    new Schedule(this, 'Start', {
      description: `Starts the night of clientele ${data.stage.name}`,
      schedule: ScheduleExpression.cron({
        hour: String(hour),
        minute: String(minute),
        timeZone: TimeZone.of(data.stage.settings.zone),
      }),
      target: new StepFunctionsStartExecution(this.machine, {
        // The planned time, not the present: however late it starts, it is the night of that date.
        input: ScheduleTargetInput.fromObject({ scheduledAt: ContextAttribute.scheduledTime }),
        retryAttempts: 20,
        maxEventAge: Duration.hours(12),
        deadLetterQueue,
      }),
    });
  }

  private markFailures(data: DataStack, deadLetterQueue: Queue): void {
    const fail = new ClienteleFunction(this, 'Fail', { name: 'night/fail', data, deadLetterQueue });
    new Rule(this, 'Failed', {
      description: 'A night that ended badly is marked so in its run',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: [this.machine.stateMachineArn],
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        },
      },
      targets: [new LambdaFunction(fail, { deadLetterQueue })],
    });
  }

  private ring(data: DataStack): void {
    new RunbookAlarm(this, 'NightFailed', {
      data,
      name: 'night/failed',
      says: 'The night failed; the scores of the night before keep counting.',
      page: 'night-failed',
      metric: this.machine.metricFailed({ period: Duration.minutes(5) }),
      threshold: 1,
    });
    new RunbookAlarm(this, 'NightMissing', {
      data,
      name: 'night/missing',
      says: 'No night has succeeded for a day.',
      page: 'night-missing',
      metric: this.machine.metricSucceeded({ period: Duration.hours(1) }),
      threshold: 1,
      below: true,
      // One night may take longer than the one before it, and the clocks go back once a year.
      periods: 26,
      silence: 'trouble',
    });
  }
}
