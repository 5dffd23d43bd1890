import { Command, InvalidArgumentError } from 'commander';
import { keys } from '../../shared/contracts/keys.ts';
import { IsoDate } from '../../shared/domain/kernel/day.ts';
import { runNight } from '../night.ts';
import { settle } from '../settle.ts';
import { print, printJson, withMachine } from './context.ts';

export const nightCommand = (): Command =>
  new Command('night')
    .description(
      'Runs the night on the spot: RFM cells, value tiers, lifecycle, lifetime value and churn of everybody.',
    )
    .requiredOption(
      '--as-of <date>',
      'business date, YYYY-MM-DD: what happened up to its end counts',
      readDate,
    )
    .option('--json', 'the report for machines')
    .action(({ asOf, json }: { asOf: string; json?: boolean }, command: Command) =>
      withMachine(command, async ({ machine, directory }) => {
        await settle(machine);
        await runNight(machine, directory, asOf, {
          onStep: (step, millis) => {
            if (!json) print(`${step.padEnd(10)} ${(millis / 1_000).toFixed(1)} s`);
          },
        });
        const run = await machine.table.get(keys.run(asOf));
        if (json) printJson(run?.value);
        else print(JSON.stringify(run?.value['report'], null, 2));
      }),
    );

function readDate(text: string): string {
  if (IsoDate.safeParse(text).success) return text;
  throw new InvalidArgumentError(`'${text}' is no date; write it as YYYY-MM-DD.`);
}
