import type { Stage } from '../../lib/stage-schema.ts';
import { InvalidInput } from '../../shared/domain/kernel/errors.ts';

/** The stage of this name; else throws InvalidInput `unknown-stage`, which lists what there is. */
export function chooseStage(name: string | undefined, stages: readonly Stage[]): Stage {
  const found = stages.find((stage) => stage.name === name);
  if (found !== undefined) return found;
  const listed = stages.map(
    (stage) =>
      `  ${stage.name.padEnd(20)} ${stage.region}, ${stage.settings.zone}, ${stage.settings.currency}`,
  );
  throw new InvalidInput(
    'unknown-stage',
    'stage',
    `${name === undefined ? 'Which stage? npm run deploy -- <stage>' : `lib/stages.ts has no stage '${name}'`}. It has:\n${listed.join('\n')}`,
  );
}
