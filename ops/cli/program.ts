import { Command } from 'commander';
import { drillCommand } from './drill.ts';
import { exportCommand } from './export-customers.ts';
import { importCommand } from './import-receipts.ts';
import { keysCommand } from './keys.ts';
import { nightCommand } from './night.ts';
import { redriveCommand } from './redrive.ts';
import { replayCommand } from './replay.ts';
import { statusCommand } from './status.ts';

/** The command line, for the single machine and for deployed stages. */
export const program = (): Command =>
  new Command('clientele')
    .description(
      'Works on the data directory of the single machine, whether its host runs or not, or on a deployed stage.',
    )
    .option('--data <directory>', 'data directory; default: CLIENTELE_DATA, or .clientele')
    .option(
      '--stage <name>',
      'deployed stage; its region by lib/stages.ts, else AWS_REGION; credentials as the AWS command line finds them',
    )
    .addCommand(importCommand())
    .addCommand(nightCommand())
    .addCommand(statusCommand())
    .addCommand(exportCommand())
    .addCommand(keysCommand())
    .addCommand(redriveCommand())
    .addCommand(replayCommand())
    .addCommand(drillCommand())
    .showHelpAfterError('(--help shows what there is)');
