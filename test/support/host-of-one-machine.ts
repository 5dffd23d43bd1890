import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openDataDirectory } from '../../local/data-directory.ts';
import { type Machine, openMachine } from '../../local/machine.ts';
import { readStatus } from '../../shared/application/customers/status.ts';
import { grantKey, revokeKey } from '../../shared/application/http/manage-keys.ts';
import { clienteleJson } from './command-line.ts';
import { eventually } from './eventually.ts';
import type { Host, Kept, Run, Sent } from './host.ts';
import { keptByPorts, plantByPorts } from './kept-by-ports.ts';
import { startLocalHost, temporaryDirectory } from './local-host.ts';

/** The single-machine host, in a process and a data directory of its own. */
export async function hostOfOneMachine(): Promise<Host> {
  const { path, remove } = temporaryDirectory();
  // The night that the host begins by itself after a minute would move what the one of a journey has found.
  const host = await startLocalHost(path, { args: ['--empty', '--no-nights'] });
  const opened = () => openMachine(openDataDirectory(path), { durable: true });
  const beside = async <T>(work: (machine: Machine) => Promise<T>): Promise<T> => {
    const machine = opened();
    try {
      return await work(machine);
    } finally {
      machine.close();
    }
  };
  return {
    ...host,
    // Without what waits in queues, which is another thing at every look.
    status: () => beside(readStatus),
    night: (asOf) => clienteleJson<Run>(path, 'night', '--as-of', asOf),
    logs: async () => host.output().split('\n'),
    async *kept() {
      const machine = opened();
      try {
        yield* keptByPorts(machine);
      } finally {
        machine.close();
      }
      yield* deliveriesIn(path);
      yield* filesIn(path);
    },
    async plant(text) {
      const places = await beside((machine) => plantByPorts(machine, text));
      plantDelivery(path, text);
      return { places: [...places, 'deliveries'], logs: [] };
    },
    async sent(campaign) {
      const { body } = await host.ask<{ messages: Sent[] }>('GET', `/v1/campaigns/${campaign}/outbox`);
      return body.messages;
    },
    eventually,
    grantKey: (wanted) => beside((machine) => grantKey(machine)(wanted)),
    revokeKey: (id) => beside((machine) => revokeKey(machine)(id)),
    async stop() {
      await host.stop();
      remove();
    },
  };
}

function* deliveriesIn(path: string): Iterable<Kept> {
  const database = new DatabaseSync(join(path, 'clientele.db'));
  try {
    for (const row of database.prepare('SELECT * FROM deliveries').iterate())
      yield { place: 'deliveries', text: JSON.stringify(row) };
  } finally {
    database.close();
  }
}

/** As a message that died, which nobody takes. */
function plantDelivery(path: string, text: string): void {
  const database = new DatabaseSync(join(path, 'clientele.db'), { timeout: 10_000 });
  try {
    database
      .prepare(`INSERT INTO deliveries (consumer, name, detail) VALUES ('nobody', 'planted', ?)`)
      .run(JSON.stringify({ text }));
  } finally {
    database.close();
  }
}

/** The data directory as it lies on the disk, the database's log with it. */
function* filesIn(path: string): Iterable<Kept> {
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const text = textOf(file);
    if (text !== undefined) yield { place: `on disk ${entry.name}`, text: `${file}\n${text}` };
  }
}

/** Undefined where it is gone: files grow under other names than they are kept by. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
