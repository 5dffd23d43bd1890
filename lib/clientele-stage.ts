import { Stage as CdkStage, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type StackPart, stackName } from '../shared/contracts/deployed.ts';
import { ApiStack } from './api-stack.ts';
import { ConsumersStack } from './consumers-stack.ts';
import { DataStack } from './data-stack.ts';
import { NightStack } from './night-stack.ts';
import { ObservabilityStack } from './observability-stack.ts';
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
    new ObservabilityStack(this, 'Observability', { data, api, consumers, night, ...named('observability') });
    Tags.of(this).add('product', 'clientele');
    Tags.of(this).add('stage', stage.name);
  }
}
