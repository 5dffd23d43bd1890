import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type NightStep, night } from '../../shared/contracts/night.ts';
import type { DataStack } from '../data-stack.ts';
import { has } from '../partitions.ts';
import { acknowledge, acknowledgeWildcard } from './acknowledge.ts';
import { ClienteleFunction } from './clientele-function.ts';
import { nightDefinition } from './night-definition.ts';

interface Props {
  readonly data: DataStack;
}

/** The plan of shared/contracts/night.ts as a state machine, with a function for each of its steps. */
export class NightMachine extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { data }: Props) {
    super(scope, id);
    const functions = Object.fromEntries(
      night.map(({ step }) => [step, new ClienteleFunction(this, step, { name: `night/${step}`, data })]),
    ) as Record<NightStep, ClienteleFunction>;
    const stack = Stack.of(this);
    const name = `clientele-${data.stage.name}-night`;
    const definition = nightDefinition({
      invoke: `arn:${stack.partition}:states:::lambda:invoke`,
      arnOf: (step) => functions[step].functionArn,
    });
    const traced = has(data.stage.partition, 'tracing');
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: name,
      definitionBody: DefinitionBody.fromString(stack.toJsonString(definition)),
      role: this.role(name, Object.values(functions)),
      ...(traced ? { tracingEnabled: true } : {}),
      logs: {
        level: LogLevel.ALL,
        includeExecutionData: true,
        destination: new LogGroup(this, 'Logs', {
          // Under this prefix the logs service needs no policy of its own per group.
          logGroupName: `/aws/vendedlogs/clientele/${data.stage.name}/night`,
          retention: RetentionDays.ONE_MONTH,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
      },
    });
    if (!traced) acknowledge(this.machine, 'SF2', 'X-Ray does not trace functions in this partition.');
  }

  private role(machineName: string, functions: readonly ClienteleFunction[]): Role {
    const stack = Stack.of(this);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
      }),
    });
    const allow = (actions: string[], ...resources: string[]) =>
      role.addToPolicy(new PolicyStatement({ actions, resources }));
    const arnOf = (resource: string, resourceName: string) =>
      stack.formatArn({
        service: 'states',
        resource,
        resourceName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });

    allow(['lambda:InvokeFunction'], ...functions.map(({ functionArn }) => functionArn));
    // A distributed map runs each shard as an execution of its own machine.
    allow(['states:StartExecution'], arnOf('stateMachine', machineName));
    const executions = arnOf('execution', `${machineName}/*`);
    allow(['states:DescribeExecution', 'states:StopExecution', 'states:RedriveExecution'], executions);
    acknowledgeWildcard(
      role,
      executions,
      'The executions of its own distributed maps have names that AWS makes up.',
    );
    acknowledge(role, 'IAM5[Resource::*]', 'X-Ray and the delivery of logs have no resources to name.');
    return role;
  }
}
