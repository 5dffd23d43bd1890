import { Worker } from 'node:worker_threads';
import type { ServerType } from '@hono/node-server';
import { admitKey } from '../shared/application/http/manage-keys.ts';
import { roles } from '../shared/contracts/route.ts';
import type { DataDirectory } from './data-directory.ts';
import { type Machine, openMachine } from './machine.ts';
import { nightly } from './nightly.ts';
import { polling } from './polling.ts';
import { publisher } from './publisher.ts';
import { application, listen } from './server.ts';
import { checkForLife } from './settings-for-life.ts';

/** The running single-machine host. */
export interface Host {
  readonly url: string;
  readonly machine: Machine;
  /** Answers what it has begun, finishes what it has taken, and closes the files. */
  stop(): Promise<void>;
}

interface Options {
  /** 0 lets the system choose. */
  readonly port: number;
  /** Runs the night by itself, every night, and asks shops what changed. */
  readonly nights?: boolean;
}

/** How long a call that has begun may take to its end. */
const GRACE_MILLIS = 5_000;

/** Answers what came whole; a call that never ends must not keep the next start waiting. */
const closed = (server: ServerType): Promise<void> =>
  new Promise((resolve) => {
    const cut = setTimeout(
      () => 'closeAllConnections' in server && server.closeAllConnections(),
      GRACE_MILLIS,
    );
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    if ('closeIdleConnections' in server) server.closeIdleConnections();
  });

/** Starts server, worker and scheduler on a data directory. */
export async function startHost(directory: DataDirectory, { port, nights = true }: Options): Promise<Host> {
  const bus = publisher(directory);
  const machine: Machine = { ...openMachine(directory, { durable: true }), bus };
  const giveUp = async (error: unknown): Promise<never> => {
    await bus.stop();
    machine.close();
    throw error;
  };
  await checkForLife(machine, directory).catch(giveUp);
  const admit = admitKey(machine);
  await admit(directory.secrets.writeKey, { kind: 'source', name: 'first-source' });
  await admit(directory.secrets.accessKey, { kind: 'person', name: 'owner', roles });
  const listening = await listen(application(machine), port).catch(giveUp);
  // What a killed process had in hand is due at once; a command that is at work meanwhile loses nothing by it.
  machine.deliveries.release(Date.now());
  const worker = new Worker(new URL('./worker-thread.ts', import.meta.url), {
    workerData: { path: directory.path },
  });
  const schedules = nights ? [nightly(machine, directory), polling(machine)] : [];
  return {
    url: `http://127.0.0.1:${listening.port}`,
    machine,
    async stop() {
      for (const schedule of schedules) schedule.stop();
      await closed(listening.server);
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      worker.postMessage('stop');
      await Promise.all([ended, bus.stop()]);
      machine.close();
    },
  };
}
