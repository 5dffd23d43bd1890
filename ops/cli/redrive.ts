import { Argument, Command } from 'commander';
import { type Part, parts } from '../../shared/contracts/deployed.ts';
import type { Redriven } from '../site.ts';
import { print, printJson, withSite } from './context.ts';
import { listed } from './status.ts';

interface Options {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/**
 * `--json` prints `part`, `dryRun`, and the Redriven of ops/site.ts: `letters`, `sent`, `failed`, `reasons`, `notes`.
 * Ends with 1 where something stayed that should have gone.
 */
export const redriveCommand = (): Command =>
  new Command('redrive')
    .description(
      'Sends what gave up back to work, at least once: every consumer knows a repeat. What fails again is not sent round.',
    )
    .addArgument(new Argument('<part>', 'whose dead letters').choices(parts))
    .option('--dry-run', 'count and tell why they gave up, move nothing')
    .option('--json', 'for machines')
    .action((part: Part, { dryRun = false, json }: Options, command: Command) =>
      withSite(command, async (site) => {
        const redriven = await site.redrive(part, { dryRun });
        if (json) printJson({ part, dryRun, ...redriven });
        else print(inWords(part, redriven, dryRun));
        if (redriven.failed > 0) process.exitCode = 1;
      }),
    );

function inWords(part: Part, { letters, sent, failed, reasons, notes }: Redriven, dryRun: boolean): string {
  if (letters === 0) return [`Nothing of ${part} gave up.`, ...notes].join('\n');
  return [
    `${letters} letter(s) of ${part}; ${sent} message(s) ${dryRun ? 'would go' : 'went'} back to work.`,
    `They had given up for: ${listed(reasons)}.`,
    ...(failed > 0 ? [`${failed} stayed; try again, or look at them by hand.`] : []),
    ...notes,
  ].join('\n');
}
