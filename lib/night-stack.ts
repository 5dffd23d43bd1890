import { Duration, Stack, type StackProps, TimeZone } from 'aws-cdk-lib';
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
import { ClienteleFunction } from './constructs/clientele-function.ts';
import { DeadLetters } from './constructs/dead-letters.ts';
import { NightMachine } from './constructs/night-machine.ts';
import { RunbookAlarm } from './constructs/runbook-alarm.ts';
import { tell } from './constructs/tell.ts';
import type { DataStack } from './data-stack.ts';

interface Props extends StackProps {
  readonly data: DataStack;
}

/**
 * In the stage's zone. A schedule inside the hour that summer time takes away is skipped, and that hour
 * lies between 00:00 and 03:00 all over the world.
 */
const STARTS = { hour: '3', minute: '30' };

/** The nightly pass: when it starts, what it does, who hears when it does not end well. */
export class NightStack extends Stack {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { data, ...props }: Props) {
    super(scope, id, props);
    this.machine = new NightMachine(this, 'Night', { data }).machine;
    const undelivered = new DeadLetters(this, 'Undelivered', { data, of: 'night' }).queue;
    this.start(data, undelivered);
    this.markFailures(data, undelivered);
    this.ring(data);
    tell(this, {
      [outputs.nightMachine]: this.machine.stateMachineArn,
      [outputs.deadLetters('night')]: undelivered.queueUrl,
    });
  }

  private start(data: DataStack, deadLetterQueue: Queue): void {
    new Schedule(this, 'Start', {
      description: `Starts the night of clientele ${data.stage.name}`,
      schedule: ScheduleExpression.cron({ ...STARTS, timeZone: TimeZone.of(data.stage.settings.zone) }),
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
    const fail = new ClienteleFunction(this, 'Fail', { name: 'night/fail', data });
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
      metric: this.machine.metricSucceeded({ period: Duration.days(1) }),
      threshold: 1,
      below: true,
    });
  }
}
