import { parentPort, workerData } from 'node:worker_threads';
import { ClienteleError } from '../shared/domain/kernel/errors.ts';
import { failureFacts } from '../shared/domain/kernel/failure-facts.ts';
import { openDataDirectory } from './data-directory.ts';
import { openMachine } from './machine.ts';
import type { Task, TaskOutcome } from './night.ts';
import { nightSteps } from './night-steps.ts';

/** Does the tasks of a night one after the other. */
const { path } = workerData as { readonly path: string };
const machine = openMachine(openDataDirectory(path), { durable: false });
const steps = nightSteps(machine);

parentPort?.on('message', async ({ step, run, shard }: Task) => {
  const outcome = await steps[step](run, shard).then(
    (): TaskOutcome => ({ ok: true }),
    (error: unknown): TaskOutcome =>
      error instanceof ClienteleError
        ? { ok: false, code: error.code, message: error.message }
        : { ok: false, code: 'internal', message: JSON.stringify(failureFacts(error)) },
  );
  parentPort?.postMessage(outcome);
});
