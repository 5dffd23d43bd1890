import { Command } from 'commander';
import { unreachable } from '../../shared/domain/kernel/unreachable.ts';
import { type DrillReport, drill, isGood, type Verdict } from '../restore/drill.ts';
import { print, printJson, say, withSite } from './context.ts';
import { listed } from './status.ts';

interface Options {
  readonly keep?: boolean;
  readonly json?: boolean;
}

/** `drill restore --json` prints the DrillReport of ops/restore/drill.ts. Ends with 1 unless the copy is good. */
export const drillCommand = (): Command =>
  new Command('drill').description('Rehearses what is hoped never to be needed.').addCommand(
    new Command('restore')
      .description(
        'Restores every table to a copy beside the live ones, compares, and removes the copy. The live tables are only read.',
      )
      .option('--keep', 'leaves the copy for somebody to look at, and to remove')
      .option('--json', 'the report for machines')
      .action(({ keep = false, json }: Options, command: Command) =>
        withSite(command, async (site) => {
          const report = await drill(site, { keep, say });
          if (json) printJson(report);
          else print(inWords(report, keep));
          if (!isGood(report)) process.exitCode = 1;
        }),
      ),
  );

function inWords(
  { asOf, live, copy, verdict, differences, audit, places, beside }: DrillReport,
  keep: boolean,
) {
  const tables = Object.entries(copy.items).map(
    ([name, count]) =>
      `  ${name.padEnd(10)} live ${live.items[name as keyof typeof live.items]}, copy ${count}`,
  );
  return [
    `Restored to ${asOf}`,
    ...tables,
    `  state hash ${live.status.stateHash === copy.status.stateHash ? 'equal' : 'different'}`,
    ...(differences.length === 0 ? [] : [`Different: ${differences.join(', ')}`]),
    ...(audit === undefined ? [] : [`The copy in itself: ${listed(audit.findings)}`]),
    ...(audit?.samples ?? []).map(({ finding, of }) => `  ${finding}: ${of}`),
    meaning(verdict),
    ...(keep ? ['The copy is kept:', ...new Set(Object.values(places).map((place) => `  ${place}`))] : []),
    'A real recovery needs more than the tables:',
    ...beside.map((line) => `  ${line}`),
  ].join('\n');
}

function meaning(verdict: Verdict): string {
  switch (verdict) {
    case 'equal':
      return 'Good: the copy is what stood then.';
    case 'sound':
      return 'Good: the live tables changed during the drill, and the copy holds together in itself.';
    case 'different':
      return 'Bad: the live tables did not change, and the copy is something else.';
    case 'unsound':
      return 'Bad: the copy does not hold together in itself. A commit of that very second may be cut in two: repeat the drill at a quiet hour; what it finds then is lost.';
    default:
      return unreachable(verdict);
  }
}
