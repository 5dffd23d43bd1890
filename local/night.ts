import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { shardsOf } from '../shared/application/night/files.ts';
import { fail } from '../shared/application/night/open.ts';
import { type NightRun, type NightStep, night } from '../shared/contracts/night.ts';
import { InvalidInput } from '../shared/domain/kernel/errors.ts';
import type { DataDirectory } from './data-directory.ts';
import type { Machine } from './machine.ts';

/** One piece of the plan, as a thread gets it. */
export interface Task {
  readonly step: NightStep;
  readonly run: NightRun;
  readonly shard: number;
}

/** What a thread says of its task. */
export type TaskOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: string; readonly message: string };

interface Options {
  readonly onStep?: (step: NightStep, millis: number) => void;
  readonly threads?: number;
}

/** Runs the nightly plan on threads of its own, so that the host keeps answering. */
export async function runNight(
  machine: Machine,
  { path }: DataDirectory,
  asOf: string,
  options: Options = {},
): Promise<void> {
  const run: NightRun = { asOf, shards: machine.stage.shards };
  const threads = options.threads ?? Math.max(1, availableParallelism());
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('./night-thread.ts', import.meta.url), { workerData: { path } }),
  );
  try {
    for (const { step, kind } of night) {
      const started = performance.now();
      const tasks =
        kind === 'map' ? shardsOf(run).map((shard) => ({ step, run, shard })) : [{ step, run, shard: 0 }];
      await Promise.all(workers.map((worker) => work(worker, tasks)));
      options.onStep?.(step, performance.now() - started);
    }
  } catch (error) {
    if (!(error instanceof InvalidInput))
      await fail(machine)(run, error instanceof Error ? error.message : 'unknown');
    throw error;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** One thread takes tasks from the common list until it is empty. */
async function work(worker: Worker, tasks: Task[]): Promise<void> {
  for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
    const outcome = await ask(worker, task);
    if (outcome.ok) continue;
    tasks.length = 0;
    throw outcome.code === 'as-of-in-future'
      ? new InvalidInput(outcome.code, 'asOf', outcome.message)
      : new Error(`${task.step}, shard ${task.shard}: ${outcome.message}`);
  }
}

const ask = (worker: Worker, task: Task): Promise<TaskOutcome> =>
  new Promise((resolve, reject) => {
    const done = (settle: () => void) => {
      worker.off('message', answered);
      worker.off('error', failed);
      settle();
    };
    const answered = (outcome: TaskOutcome) => done(() => resolve(outcome));
    const failed = (error: unknown) => done(() => reject(error));
    worker.on('message', answered);
    worker.on('error', failed);
    worker.postMessage(task);
  });
