import { synthesise } from './synthesised.ts';
import { describeAlarms } from './watching/alarms.ts';
import { describeRunbook } from './watching/runbook.ts';

const synthesised = synthesise();
for (const stage of synthesised) describeAlarms(stage);
describeRunbook(synthesised);
