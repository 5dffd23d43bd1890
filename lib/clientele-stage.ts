import { Stage as CdkStage, type Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type StackPart, stackName } from '../shared/contracts/deployed.ts';
import { ApiStack } from './api-stack.ts';
import { guardLayout } from './constructs/layout-guard.ts';
import { ConsumersStack } from './consumers-stack.ts';
import { DataStack } from './data-stack.ts';
import { NightStack } from './night-stack.ts';
import { ObservabilityStack } from './observability-stack.ts';
import { has } from './partitions.ts';
import type { Stage } from './stage-schema.ts';

/** One region's deployment. References point at the data stack, never away from it. */
export class ClienteleStage extends CdkStage {
  constructor(scope: Construct, stage: Stage) {
    super(scope, stage.name, {
      env: { region: stage.region, ...(stage.account === undefined ? {} : { account: stage.account }) },
    });
    const named = (part: StackPart) => ({
      stackName: stackName(stage.name, part),
      terminationProtection: part === 'data',
    });
    const data = new DataStack(this, 'Data', { stage, ...named('data') });
    const api = new ApiStack(this, 'Api', { data, ...named('api') });
    const consumers = new ConsumersStack(this, 'Consumers', { data, ...named('consumers') });
    const night = new NightStack(this, 'Night', { data, ...named('night') });
    const observability = new ObservabilityStack(this, 'Observability', {
      data,
      api,
      consumers,
      night,
      ...named('observability'),
    });
    guardLayout(data, [api, consumers, night, observability]);
    tagCosts(stage, { data, api, consumers, night, observability });
  }
}

/** By these the bill can be split: activate them once as cost allocation tags. */
function tagCosts({ name, partition }: Stage, stacks: Readonly<Record<StackPart, Stack>>): void {
  const excludeResourceTypes = has(partition, 'mappingExtras') ? [] : ['AWS::Lambda::EventSourceMapping'];
  for (const [part, stack] of Object.entries(stacks)) {
    for (const [tag, value] of Object.entries({ product: 'clientele', stage: name, part })) {
      Tags.of(stack).add(tag, value, { excludeResourceTypes });
    }
  }
}
