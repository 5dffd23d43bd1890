import { Command, InvalidArgumentError } from 'commander';
import { keys } from '../../shared/contracts/keys.ts';
import { IsoDate } from '../../shared/domain/kernel/day.ts';
import { print, printJson, say, withSite } from './context.ts';

/** `--json` prints the run as the control table keeps it: `asOf`, `status`, `shards`, times, `report`. */
export const nightCommand = (): Command =>
  new Command('night')
    .description(
      'Runs the night now and waits for its end: RFM cells, value tiers, lifecycle, lifetime value and churn of everybody.',
    )
    .requiredOption(
      '--as-of <date>',
      'business date, YYYY-MM-DD: what happened up to its end counts',
      readDate,
    )
    .option('--json', 'the report for machines')
    .action(({ asOf, json }: { asOf: string; json?: boolean }, command: Command) =>
      withSite(command, async (site) => {
        const before = await site.table.get(keys.currentRun());
        await site.runNight(asOf, {
          say,
          onStep: (step, millis) => {
            if (!json) print(`${step.padEnd(10)} ${(millis / 1_000).toFixed(1)} s`);
          },
        });
        const run = await site.table.get(keys.run(asOf));
        const counted = String(before?.value['asOf'] ?? '');
        if (counted > asOf) say(backwards(counted, asOf));
        if (json) printJson(run?.value);
        else print(JSON.stringify(run?.value['report'], null, 2));
      }),
    );

/** Scores, segments and campaigns of today would be those of a day long gone. */
const backwards = (counted: string, asOf: string): string =>
  `The night of ${counted} counted; now that of ${asOf} does, until a later one is run: night --as-of ${counted}`;

function readDate(text: string): string {
  if (IsoDate.safeParse(text).success) return text;
  throw new InvalidArgumentError(`'${text}' is no date; write it as YYYY-MM-DD.`);
}
