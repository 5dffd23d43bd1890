import { Worker } from 'node:worker_threads';
import type { Message } from '../shared/contracts/messages.ts';
import { StoreUnavailable } from '../shared/domain/kernel/errors.ts';
import type { Bus } from '../shared/ports/bus.ts';
import type { DataDirectory } from './data-directory.ts';

/** What the thread is asked to keep. */
export interface Publication {
  readonly number: number;
  readonly messages: readonly Message[];
}

/** Publications that were kept together, or failed together with this reason. */
export interface Published {
  readonly numbers: readonly number[];
  readonly failure?: string;
}

interface Waiting {
  resolve(): void;
  reject(error: StoreUnavailable): void;
}

/**
 * The Bus port with its waiting done by a thread of its own: for the disk, and for the worker to let go of the
 * database. The server answers look-ups meanwhile, and what several requests publish at once is one transaction.
 */
export function publisher({ path }: DataDirectory): Bus & { stop(): Promise<void> } {
  const thread = new Worker(new URL('./publisher-thread.ts', import.meta.url), { workerData: { path } });
  const waiting = new Map<number, Waiting>();
  let count = 0;

  const settle = ({ numbers, failure }: Published): void => {
    for (const number of numbers) {
      const one = waiting.get(number);
      waiting.delete(number);
      if (failure === undefined) one?.resolve();
      else one?.reject(new StoreUnavailable(failure));
    }
  };
  const lost = (): void =>
    settle({ numbers: [...waiting.keys()], failure: 'The publishing thread has ended' });
  const ended = new Promise<void>((resolve) => {
    thread.once('exit', () => {
      lost();
      resolve();
    });
  });
  thread.on('message', settle);
  thread.once('error', (error) => process.stderr.write(`publisher: ${error.message}\n`));

  return {
    publish: (messages) =>
      new Promise((resolve, reject) => {
        count += 1;
        waiting.set(count, { resolve, reject });
        thread.postMessage({ number: count, messages } satisfies Publication);
      }),
    async stop() {
      thread.postMessage('stop');
      await ended;
    },
  };
}
