import { onTestFinished } from 'vitest';
import { sqliteSightings } from '../../shared/adapters/local/sqlite-sightings.ts';
import { foldEvents } from '../../shared/application/customers/fold-events.ts';
import { readStatus } from '../../shared/application/customers/status.ts';
import { importMembers } from '../../shared/application/import/members/import-members.ts';
import type { ImportOptions } from '../../shared/application/import/members/import-needs.ts';
import type { Finding, MembersReport } from '../../shared/application/import/members/members-report.ts';
import { acceptEvents, type IngestDeps } from '../../shared/application/ingest/accept-events.ts';
import type { Reading } from '../../shared/domain/import/members/said.ts';
import type { ProfileId } from '../../shared/domain/kernel/ids.ts';
import { type MemoryMachine, waiting } from './memory-machine.ts';

export interface Imported {
  readonly report: MembersReport;
  readonly findings: readonly Finding[];
  readonly proposed: readonly (readonly [ProfileId, ProfileId])[];
}

/** Imports what was read and folds it, as the command line does; `door` is what the door has of its own. */
export async function importInto(
  machine: MemoryMachine,
  readings: readonly Reading[],
  options: Partial<ImportOptions> = {},
  door: Partial<IngestDeps> = {},
): Promise<Imported> {
  const sightings = sqliteSightings();
  onTestFinished(() => sightings.close());
  const accept = acceptEvents({ ...machine, ...door });
  const fold = foldEvents(machine);
  const findings: Finding[] = [];
  const proposed: (readonly [ProfileId, ProfileId])[] = [];
  const report = await importMembers(
    {
      ...machine,
      sightings,
      take: async (events) => {
        const answers = await accept(events, 'import', { quiet: 'backfill' });
        await fold(waiting(machine));
        return answers;
      },
      propose: async (pair) => {
        const isNew = !proposed.some((one) => one.join() === pair.join());
        proposed.push(pair);
        return isNew;
      },
    },
    {
      open: async function* () {
        yield* readings;
      },
      writtenAt: '2026-03-01T00:00:00.000Z',
      dryRun: false,
      note: (finding) => findings.push(finding),
      ...options,
    },
  );
  return { report, findings, proposed };
}

/** What the machine holds, as a digest. */
export const stateOf = async (machine: MemoryMachine): Promise<string> =>
  (await readStatus(machine)).stateHash;
