import { describeFunctions } from './promises/functions.ts';
import { describeNight } from './promises/night.ts';
import { describePartition } from './promises/partition.ts';
import { describeQueues } from './promises/queues.ts';
import { describeRights } from './promises/rights.ts';
import { describeState } from './promises/state.ts';
import { describeWatch } from './promises/watch.ts';
import { synthesise } from './synthesised.ts';

/** One synthesis for all promises: it also proves that cdk-nag and CloudFormation have nothing to complain of. */
for (const stage of synthesise()) {
  describePartition(stage);
  describeState(stage);
  describeFunctions(stage);
  describeRights(stage);
  describeQueues(stage);
  describeNight(stage);
  describeWatch(stage);
}
