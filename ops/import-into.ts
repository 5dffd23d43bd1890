import type { Machine } from '../local/machine.ts';
import { settle } from '../local/settle.ts';
import { workOnce } from '../local/worker.ts';
import { type ImportOptions, importReceipts } from '../shared/application/import/import-receipts.ts';
import type { ImportReport } from '../shared/application/import/import-report.ts';
import { acceptEvents, foretellEvents } from '../shared/application/ingest/accept-events.ts';
import { recentKeys } from '../shared/application/ingest/recent-keys.ts';
import type { ReceiptSource } from '../shared/domain/import/source.ts';

interface Options extends ImportOptions {
  /** Tells what would become of each receipt, and takes nothing. */
  readonly dryRun?: boolean;
}

/**
 * Imports receipts as history, and folds them as fast as they come, so that nothing piles up in front of the fold.
 * Killed and begun again it finds what it had taken, and ends the same.
 */
export async function importInto(
  machine: Machine,
  source: ReceiptSource,
  { dryRun = false, ...options }: Options,
): Promise<ImportReport> {
  const door = { ...machine, recent: recentKeys() };
  if (dryRun) {
    const foretell = foretellEvents(door);
    return importReceipts({ take: (events) => foretell(events, SOURCE, HISTORY) }, source, options);
  }
  // What a killed import had in hand is due at once; a host that is at work meanwhile loses nothing by it.
  machine.deliveries.release(Date.now());
  const accept = acceptEvents(door);
  const take = async (events: readonly unknown[]) => {
    const results = await accept(events, SOURCE, HISTORY);
    await workOnce(machine);
    return results;
  };
  return machine.inBulk(async () => {
    const report = await importReceipts({ take }, source, options);
    await settle(machine);
    return report;
  });
}

const SOURCE = 'import';
const HISTORY = { quiet: 'backfill' } as const;
