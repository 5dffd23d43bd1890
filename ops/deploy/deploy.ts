import type { Stage } from '../../lib/stage-schema.ts';
import type { DeployedStage } from '../../shared/contracts/deployed.ts';
import { InvalidInput } from '../../shared/domain/kernel/errors.ts';
import { complaintsAbout, doubtsAbout } from './complaints.ts';
import type { Standing } from './deployed.ts';
import { brokenImports } from './exports.ts';
import { lossInWords } from './in-words.ts';
import { type Loss, lossesIn } from './losses.ts';
import { nextSteps } from './next-steps.ts';
import type { PlannedStack } from './planned.ts';
import { printChanges, stackChange } from './stack-change.ts';

export interface DeployOptions {
  /** Stops after the differences. */
  readonly diffOnly: boolean;
  /** What may be lost, as stack/logical id. */
  readonly giveUp: readonly string[];
}

/** Everything outside of this process. */
export interface Outside {
  readonly standing: () => Promise<Standing>;
  readonly synthesise: () => Promise<readonly PlannedStack[]>;
  readonly confirm: (question: string) => Promise<boolean>;
  /** Answers the exit code of the CDK. */
  readonly deploy: () => Promise<number>;
  readonly deployed: () => Promise<Pick<DeployedStage, 'url' | 'userPool'>>;
  readonly to: NodeJS.WritableStream;
}

export type Outcome = 'deployed' | 'failed' | 'declined' | 'compared';

const say = ({ to }: Outside, ...lines: readonly string[]): void => {
  for (const line of lines) to.write(`${line}\n`);
};

/**
 * Deploys one stage, unless something speaks against it: then throws InvalidInput `must-not-deploy` with every
 * reason and its way out. Up to the confirmation it only reads.
 */
export async function deploy(stage: Stage, options: DeployOptions, outside: Outside): Promise<Outcome> {
  const standing = await outside.standing();
  refuse(stage, complaintsAbout(stage, standing));
  say(outside, `Synthesising '${stage.name}' …`);
  const stacks = Object.values(standing.stacks);
  const changes = (await outside.synthesise()).map(({ name, template }) =>
    stackChange(name, stacks.find((stack) => stack.name === name)?.template, template),
  );
  printChanges(changes, outside.to);
  refuse(stage, objections(lossesIn(changes), options.giveUp));
  refuse(stage, brokenImports(changes, stacks));
  say(outside, ...doubtsAbout(stage, standing));
  if (options.diffOnly) return 'compared';
  const question = `Deploy '${stage.name}' into ${stage.region}, account ${standing.account}?`;
  if (changes.some(({ diff }) => !diff.isEmpty) && !(await outside.confirm(question))) {
    say(outside, 'Nothing was changed');
    return 'declined';
  }
  // The CDK also compares what stands in no template, such as the tags of a stack.
  if ((await outside.deploy()) !== 0) return 'failed';
  const { url, userPool } = await outside.deployed();
  say(outside, `'${stage.name}' answers at ${url}`);
  if (standing.stacks.data === undefined) say(outside, ...nextSteps(stage, userPool));
  return 'deployed';
}

/** Losses that nobody named, and names of what would not be lost, which are mistakes. */
const objections = (losses: readonly Loss[], givenUp: readonly string[]): readonly string[] => [
  ...losses.filter(({ id }) => !givenUp.includes(id)).map(lossInWords),
  ...givenUp
    .filter((id) => losses.every((loss) => loss.id !== id))
    .map((id) => `--give-up ${id}: nothing of this name would be lost; leave it out`),
];

function refuse({ name }: Stage, reasons: readonly string[]): void {
  if (reasons.length === 0) return;
  throw new InvalidInput(
    'must-not-deploy',
    'stage',
    `'${name}' was not deployed, and nothing was changed:\n${reasons.join('\n')}`,
  );
}
