import { openDataDirectory } from '../../local/data-directory.ts';
import { openMachine } from '../../local/machine.ts';
import { runNight } from '../../local/night.ts';
import type { NightReport } from '../../shared/application/night/publish.ts';
import { keys } from '../../shared/contracts/keys.ts';
import { job } from '../kit/job.ts';

export interface NightInput {
  readonly path: string;
  readonly asOf: string;
}

export interface NightResult {
  readonly seconds: number;
  readonly steps: Readonly<Record<string, number>>;
  readonly scored: number;
  readonly moved: number;
}

/** One night, as the host and the command line run it. */
await job<NightInput, NightResult>(async ({ path, asOf }) => {
  const directory = openDataDirectory(path);
  const machine = openMachine(directory, { durable: true });
  const steps: Record<string, number> = {};
  const started = performance.now();
  await runNight(machine, directory, asOf, { onStep: (step, millis) => (steps[step] = millis / 1_000) });
  const seconds = (performance.now() - started) / 1_000;
  const run = await machine.table.get(keys.run(asOf));
  machine.close();
  if (run === undefined) throw new Error(`The night of ${asOf} left no run behind`);
  const { scored, moved } = run.value['report'] as NightReport;
  return { seconds, steps, scored, moved };
});
