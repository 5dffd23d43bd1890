import { openDataDirectory } from '../../local/data-directory.ts';
import { openMachine } from '../../local/machine.ts';
import { readStatus } from '../../shared/application/customers/status.ts';
import { job } from '../kit/job.ts';

export interface StatusInput {
  readonly path: string;
}

export interface Books {
  readonly gross: number;
  readonly returned: number;
  readonly facts: number;
}

/** The totals that `clientele status` tells, once no host is running. */
await job<StatusInput, Books>(async ({ path }) => {
  const machine = openMachine(openDataDirectory(path), { durable: true });
  const { amounts, facts } = await readStatus(machine);
  const { gross = 0, returned = 0 } = amounts[machine.stage.currency] ?? {};
  machine.close();
  return { gross, returned, facts: Object.values(facts).reduce((sum, count) => sum + count, 0) };
});
