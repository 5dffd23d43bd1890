import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { Command } from 'commander';
import { stages } from '../../lib/stages.ts';
import { readDeployedStage } from '../deployed-stage.ts';
import { chooseStage } from './choose-stage.ts';
import { deploy, type Outcome } from './deploy.ts';
import { readStanding } from './deployed.ts';
import { deployFrom, synthesise } from './planned.ts';

interface Options {
  readonly yes?: boolean;
  readonly diffOnly?: boolean;
  readonly giveUp: readonly string[];
}

/** `npm run deploy -- <stage>` */
export const deployProgram = (): Command =>
  new Command('deploy')
    .description(
      'Shows what would change in a stage of lib/stages.ts, and deploys it unless something would be lost.',
    )
    .argument('[stage]', 'its name; left out, all are listed')
    .option('--yes', 'asks nothing; without a terminal nothing is asked anyway')
    .option('--diff-only', 'stops after the differences')
    .option(
      '--give-up <stack/logical-id>',
      'lets go of what this resource holds; may be repeated',
      (id: string, others: readonly string[]) => [...others, id],
      [],
    )
    .showHelpAfterError('(--help shows what there is)')
    .action(async (name: string | undefined, options: Options) => {
      if ((await deployStage(name, options)) !== 'deployed' && !options.diffOnly) process.exitCode = 1;
    });

async function deployStage(name: string | undefined, options: Options): Promise<Outcome> {
  const stage = chooseStage(name, stages);
  const client = new CloudFormationClient({ region: stage.region });
  const folder = await mkdtemp(join(tmpdir(), `clientele-deploy-${stage.name}-`));
  try {
    return await deploy(
      stage,
      { diffOnly: options.diffOnly ?? false, giveUp: options.giveUp },
      {
        standing: () => readStanding(stage, client),
        synthesise: () => synthesise(stage.name, folder),
        confirm: options.yes ? async () => true : ask,
        deploy: () => deployFrom(stage.name, folder),
        deployed: () => readDeployedStage(stage.name, client),
        to: process.stdout,
      },
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Whoever has no terminal, such as a pipeline, has said yes by calling. */
async function ask(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
