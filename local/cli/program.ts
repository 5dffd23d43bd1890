import { Command } from 'commander';
import { exportCommand } from './export-customers.ts';
import { importCommand } from './import-receipts.ts';
import { nightCommand } from './night.ts';
import { statusCommand } from './status.ts';

/** The command line. It works on the data directory, with or without a running host. */
export const program = (): Command =>
  new Command('clientele')
    .description('Works on the data directory of the single-machine host, whether it runs or not.')
    .option('--data <directory>', 'data directory; default: CLIENTELE_DATA, or .clientele')
    .addCommand(importCommand())
    .addCommand(nightCommand())
    .addCommand(statusCommand())
    .addCommand(exportCommand())
    .showHelpAfterError('(--help shows what there is)');
