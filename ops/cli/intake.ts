import type { Command } from 'commander';
import { settle } from '../../local/settle.ts';
import { workOnce } from '../../local/worker.ts';
import { sqliteSightings } from '../../shared/adapters/local/sqlite-sightings.ts';
import { propose } from '../../shared/application/identity/proposal-store.ts';
import type { ImportDeps } from '../../shared/application/import/members/import-needs.ts';
import { acceptEvents, type IngestDeps } from '../../shared/application/ingest/accept-events.ts';
import { recentKeys } from '../../shared/application/ingest/recent-keys.ts';
import { newProposal } from '../../shared/domain/identity/proposal.ts';
import { type NewData, withMachine } from './context.ts';

/** A place that takes events of an import, without a queue of HTTP in between: its own checks, with an operator's rights. */
export interface Intake extends Omit<ImportDeps, 'sightings'> {
  /** Waits until what was taken is folded; a stage folds on its own. */
  readonly settled: () => Promise<void>;
}

/** Opens the data directory, or with --stage a deployed stage, and closes it afterwards, whatever happens. */
export async function withIntake<T>(
  command: Command,
  work: (deps: ImportDeps & Intake) => Promise<T>,
  newData?: NewData,
): Promise<T> {
  const { stage } = command.optsWithGlobals<{ stage?: string; data?: string }>();
  const sightings = sqliteSightings();
  try {
    if (stage !== undefined) return await onStage(stage, (intake) => work({ ...intake, sightings }));
    return await withMachine(
      command,
      ({ machine }) => {
        // What a killed import had in hand is due at once; a host that is at work meanwhile loses nothing by it.
        machine.deliveries.release(Date.now());
        const intake = intakeOf(machine, () => workOnce(machine));
        return work({ ...intake, sightings, settled: () => settle(machine) });
      },
      newData,
    );
  } finally {
    sightings.close();
  }
}

async function onStage<T>(name: string, work: (intake: Intake) => Promise<T>): Promise<T> {
  // Loaded only now: whoever works on a data directory needs no client of AWS.
  const { openStage } = await import('../open-stage.ts');
  const opened = await openStage(name);
  try {
    const places = { ...opened, keyring: await opened.keyring() };
    return await work({ ...intakeOf(places, async () => {}), settled: async () => {} });
  } finally {
    for (const client of Object.values(opened.clients)) client.destroy();
  }
}

function intakeOf(
  places: Omit<IngestDeps, 'recent'>,
  afterwards: () => Promise<unknown>,
): Omit<Intake, 'settled'> {
  const accept = acceptEvents({ ...places, recent: recentKeys() });
  const { table, keyring, clock, stage } = places;
  return {
    table,
    keyring,
    clock,
    stage,
    take: async (events) => {
      const results = await accept(events, 'import', { quiet: 'backfill' });
      await afterwards();
      return results;
    },
    propose: (pair, lines) => {
      const events = lines.map((line) => `import/line/${line}`);
      return propose(table, newProposal('shared-name-and-phone', pair, { events, at: clock() }));
    },
  };
}
