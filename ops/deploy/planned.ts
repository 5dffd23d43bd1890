import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { cdk, cdkSilently } from './cdk.ts';
import type { Template } from './stack-change.ts';

export interface PlannedStack {
  readonly name: string;
  readonly template: Template;
}

/** Writes the templates and bundles of one stage into an empty folder; all that follows deploys just these. */
export async function synthesise(stage: string, folder: string): Promise<readonly PlannedStack[]> {
  await cdkSilently('synth', `${stage}/*`, '--quiet', '--strict', '--output', folder);
  return new CloudAssembly(folder)
    .getNestedAssembly(`assembly-${stage}`)
    .stacks.map(({ stackName, template }) => ({ name: stackName, template }));
}

/** Deploys what was synthesised, all stacks in their order. Answers the exit code. */
export const deployFrom = (stage: string, folder: string): Promise<number> =>
  cdk('deploy', `${stage}/*`, '--app', folder, '--require-approval', 'never');
