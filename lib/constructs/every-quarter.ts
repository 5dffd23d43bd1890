import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { DataStack } from '../data-stack.ts';
import type { FunctionName } from '../function-needs.ts';
import { ClienteleFunction } from './clientele-function.ts';

interface Props {
  readonly data: DataStack;
  readonly deadLetterQueue: Queue;
  readonly name: FunctionName;
  readonly description: string;
}

/** A function that is called every quarter of an hour, with nothing to be told. */
export function everyQuarter(
  scope: Construct,
  { data, deadLetterQueue, name, description }: Props,
): ClienteleFunction {
  const called = new ClienteleFunction(scope, 'Function', { name, data, deadLetterQueue });
  new Schedule(scope, 'Schedule', {
    description,
    // From the full hour in the stage's zone, where some are off UTC by a quarter.
    schedule: ScheduleExpression.cron({
      minute: '0/15',
      timeZone: TimeZone.of(data.stage.settings.zone),
    }),
    target: new LambdaInvoke(called, {
      role: roleFor(scope, called, deadLetterQueue).withoutPolicyUpdates(),
      // The next one comes anyway.
      retryAttempts: 2,
      maxEventAge: Duration.minutes(10),
      deadLetterQueue,
    }),
  });
  return called;
}

/** The one that the CDK makes may also invoke every version. */
function roleFor(scope: Construct, called: ClienteleFunction, deadLetters: Queue): Role {
  const role = new Role(scope, 'ScheduleRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
  const allow = (action: string, resource: string) =>
    role.addToPolicy(new PolicyStatement({ actions: [action], resources: [resource] }));
  allow('lambda:InvokeFunction', called.functionArn);
  allow('sqs:SendMessage', deadLetters.queueArn);
  return role;
}
