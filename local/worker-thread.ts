import { parentPort, workerData } from 'node:worker_threads';
import { openDataDirectory } from './data-directory.ts';
import { openMachine } from './machine.ts';
import { workUntil } from './worker.ts';

/** The thread beside the HTTP server: folds, archives and addresses, so that look-ups never wait for it. */
const { path } = workerData as { readonly path: string };
const machine = openMachine(openDataDirectory(path), { durable: false });
const stopping = new AbortController();
parentPort?.once('message', () => stopping.abort());
await workUntil(machine, stopping.signal);
machine.close();
parentPort?.close();
