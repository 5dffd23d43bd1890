import type { EventType } from '../../domain/events/catalogue.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import type { Release } from '../../domain/events/quiet.ts';
import type { ProfileId } from '../../domain/kernel/ids.ts';
import type { Blob } from '../../ports/blob.ts';
import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { archivedDays, archiveFolder, readArchived } from './archived.ts';
import { packed } from './packed.ts';

interface Deps {
  readonly table: Table;
  readonly blob: Blob;
  readonly bus: Bus;
  readonly clock: Clock;
  /** Called after every publication: a host that folds by itself has nothing to do. */
  readonly workOff: () => Promise<unknown>;
}

/** Which events of the archive, and how. */
export interface ReplayOptions {
  /** Received from then on, ISO 8601. */
  readonly from: string;
  /** Received before then. */
  readonly to: string;
  readonly source?: string | undefined;
  /** Of these profiles alone. */
  readonly profiles?: ReadonlySet<ProfileId> | undefined;
  /** Not quiet: what reacts to events may reach customers again. */
  readonly sideEffects?: boolean;
  readonly dryRun?: boolean;
  /** Called after every file. */
  readonly onProgress?: (sofar: ReplayReport) => void;
}

export interface ReplayReport {
  /** The day being read, or the last one that was. */
  day: string;
  files: number;
  /** Events in those files. */
  read: number;
  /** Events that went to the fold, or would go. */
  republished: number;
  byType: Partial<Record<EventType, number>>;
  /** Lines that nobody can read: torn, or of a newer program. */
  unreadable: number;
  /** Nothing was there before, so signals count in full. */
  readonly rebuild: boolean;
}

/** Enough for some full messages; events of a whole day would not fit into memory. */
const BATCH = 500;

/**
 * Sends archived events to the fold once more. It knows facts by their names, and signals as far as records
 * remember them: replaying twice changes nothing, and replaying into empty tables makes the records again.
 */
export async function replayEvents(deps: Deps, options: ReplayOptions): Promise<ReplayReport> {
  const rebuild = await isEmpty(deps.table);
  const report: ReplayReport = {
    day: '',
    files: 0,
    read: 0,
    republished: 0,
    byType: {},
    unreadable: 0,
    rebuild,
  };
  const flush = async (waiting: readonly AcceptedEvent[]): Promise<void> => {
    if (options.dryRun === true || waiting.length === 0) return;
    const released: Release = { at: deps.clock(), from: 'archive', ...(rebuild ? { rebuild: true } : {}) };
    await deps.bus.publish(packed(waiting.map((event) => replayed(event, released, options))));
    await deps.workOff();
  };
  let waiting: AcceptedEvent[] = [];
  for await (const event of wantedOf(deps.blob, options, report)) {
    report.republished += 1;
    report.byType[event.type] = (report.byType[event.type] ?? 0) + 1;
    waiting.push(event);
    if (waiting.length < BATCH) continue;
    await flush(waiting);
    waiting = [];
  }
  await flush(waiting);
  return report;
}

/** The events of the window, file by file. */
async function* wantedOf(
  blob: Blob,
  options: ReplayOptions,
  report: ReplayReport,
): AsyncGenerator<AcceptedEvent> {
  for (const day of archivedDays(options.from, options.to)) {
    report.day = day;
    for (const name of await blob.list(archiveFolder(day))) {
      for await (const line of blob.read(name)) {
        report.read += 1;
        const event = readArchived(line);
        if (event === undefined) report.unreadable += 1;
        else if (isWanted(event, options)) yield event;
      }
      report.files += 1;
      options.onProgress?.(report);
    }
  }
}

const isEmpty = async (table: Table): Promise<boolean> =>
  (await table.scan({ table: 'customers', segment: 0, of: 1, limit: 1 })).items.length === 0;

const isWanted = (
  { receivedAt, source, profile }: AcceptedEvent,
  { from, to, source: only, profiles }: ReplayOptions,
): boolean =>
  receivedAt >= from &&
  receivedAt < to &&
  (only === undefined || source === only) &&
  (profiles === undefined || (profile !== undefined && profiles.has(profile)));

/** What was history when it came stays so, whatever is asked for. */
function replayed(
  event: AcceptedEvent,
  released: Release,
  { sideEffects = false }: ReplayOptions,
): AcceptedEvent {
  const quiet = event.quiet ?? (sideEffects ? undefined : 'replay');
  return { ...event, released, ...(quiet === undefined ? {} : { quiet }) };
}
