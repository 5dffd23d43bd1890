import type { DataDirectory } from '../local/data-directory.ts';
import type { Machine } from '../local/machine.ts';
import { runNight } from '../local/night.ts';
import { settle } from '../local/settle.ts';
import { workOnce } from '../local/worker.ts';
import type { Deliveries } from '../shared/adapters/local/deliveries.ts';
import type { Part } from '../shared/contracts/deployed.ts';
import { type Consumer, consumers } from '../shared/contracts/topology.ts';
import { restoreDatabase } from './restore/restore-database.ts';
import type { Redriven, RedriveOptions, Site } from './site.ts';

/** The single machine, with or without a running host. */
export const localSite = (machine: Machine, directory: DataDirectory): Site => ({
  table: machine.table,
  blob: machine.blob,
  bus: machine.bus,
  digest: machine.digest,
  clock: machine.clock,
  stage: machine.stage,
  keyring: async () => machine.keyring,
  backlog: async () => ({ pending: machine.deliveries.pending(), dead: machine.deliveries.dead() }),
  workOff: () => workOnce(machine),
  settle: () => settle(machine),
  async runNight(asOf, { onStep }) {
    await settle(machine);
    await runNight(machine, directory, asOf, { onStep });
  },
  redrive: async (part, options) => redriveDeliveries(machine.deliveries, part, options),
  async restore() {
    const copy = await restoreDatabase(directory.database, machine.clock);
    return {
      ...copy,
      beside: [
        `${directory.path}/secrets.json holds the keys: without it nobody can read names or addresses, nor know a customer again.`,
        `${directory.path}/stage.json and ${directory.path}/files belong to a backup too.`,
      ],
    };
  },
  close: () => machine.close(),
});

/** The host works them off: now where it runs, else when it starts. */
function redriveDeliveries(deliveries: Deliveries, part: Part, { dryRun }: RedriveOptions): Redriven {
  if (!isConsumer(part)) {
    const notes = [`${part} has no dead letters on one machine.`];
    return { letters: 0, sent: 0, failed: 0, reasons: {}, notes };
  }
  const reasons = dryRun ? deliveries.deadFor(part) : deliveries.revive(part, Date.now());
  const letters = Object.values(reasons).reduce((sum, count) => sum + count, 0);
  return { letters, sent: letters, failed: 0, reasons, notes: [] };
}

const isConsumer = (part: Part): part is Consumer => Object.hasOwn(consumers, part);
