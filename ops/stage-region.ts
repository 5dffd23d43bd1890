import { stages } from '../lib/stages.ts';
import { InvalidInput } from '../shared/domain/kernel/errors.ts';

/** Where a stage is looked for, and who said so. */
export interface StageRegion {
  readonly region: string;
  readonly saidBy: 'lib/stages.ts' | 'AWS_REGION';
}

interface Known {
  readonly name: string;
  readonly region: string;
}

/** The region that lib/stages.ts names, else AWS_REGION. */
export function stageRegion(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  known: readonly Known[] = stages,
): StageRegion {
  const entry = known.find((stage) => stage.name === name);
  if (entry !== undefined) return { region: entry.region, saidBy: 'lib/stages.ts' };
  const region = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'];
  if (region) return { region, saidBy: 'AWS_REGION' };
  const names = known.map((stage) => stage.name).join(', ') || 'none';
  throw new InvalidInput(
    'unknown-stage',
    'stage',
    `lib/stages.ts has no stage '${name}' (it has: ${names}); for one that is deployed from elsewhere, name its region: AWS_REGION=eu-west-1`,
  );
}
