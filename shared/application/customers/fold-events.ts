import { strangerPartition } from '../../contracts/keys.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import { isoFromDay } from '../../domain/kernel/day.ts';
import { TooManyConflicts } from '../../domain/kernel/errors.ts';
import { groupBy } from '../../domain/kernel/groups.ts';
import { hangsOnSale } from '../../domain/returns/sale-case.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Keyring } from '../../ports/keyring.ts';
import { MOST_WRITES, type Write } from '../../ports/table.ts';
import { conflictOf } from '../ingest/conflict.ts';
import { quarantine } from '../ingest/quarantine.ts';
import { commitGroups, isNotice, type RecordEvents, splitForCommit } from './commit-room.ts';
import { foldIntoCases } from './fold-into-cases.ts';
import { foldWrites, type LoadedRecord, loadRecords } from './folded-record.ts';
import type { LinkingDeps } from './link-profiles.ts';
import { type CaseRefusal, MOST_CORRECTIONS, MOST_RETURNS } from './plan-case.ts';
import type { Conflicting, Sorted } from './sort-out.ts';

interface Deps extends LinkingDeps {
  readonly keyring: Keyring;
  readonly clock: Clock;
}

export interface FoldReport {
  readonly folded: number;
  readonly duplicates: number;
  readonly conflicts: number;
}

/** Writers of one customer who meet try again; this many in a row means something is stuck. */
const ATTEMPTS = 12;

/**
 * Folds accepted events into the record of whom they happened to. Facts, the state they change and the
 * names they are known by are committed together, so that a repeat of any part changes nothing.
 */
export const foldEvents =
  (deps: Deps) =>
  async (told: readonly AcceptedEvent[]): Promise<FoldReport> => {
    const events = told.filter((event) => !isNotice(event));
    const plain = events.filter((event) => !hangsOnSale(event));
    const records = [...groupBy(plain, subjectOf)].map(([subject, own]) => ({ subject, events: own }));
    const reports: FoldReport[] = [];
    const failures: unknown[] = [];
    const inCases = events.filter(hangsOnSale);
    // One record that cannot be folded must not keep the others waiting.
    const tryTo = (folding: Promise<FoldedAlone>): Promise<unknown> =>
      folding.then(
        ({ report, awaited }) => {
          reports.push(report);
          inCases.unshift(...awaited);
        },
        (error: unknown) => failures.push(error),
      );
    for (const group of commitGroups(records)) {
      const { report, awaited, left } = await foldTogether(deps, group);
      reports.push(report);
      inCases.unshift(...awaited);
      for (const record of left) await tryTo(foldAlone(deps, record));
    }
    const cases = inCases.map((event) => ({ subject: subjectOf(event), event }));
    for (const one of await foldIntoCases(deps, cases)) {
      if ('error' in one) failures.push(one.error);
      else reports.push(await reportOf(deps, one.one.event, one.outcome));
    }
    if (failures.length > 0) throw failures[0];
    return reports.reduce(addReports, NOTHING);
  };

const NOTHING: FoldReport = { folded: 0, duplicates: 0, conflicts: 0 };

const addReports = (a: FoldReport, b: FoldReport): FoldReport => ({
  folded: a.folded + b.folded,
  duplicates: a.duplicates + b.duplicates,
  conflicts: a.conflicts + b.conflicts,
});

/** Whose record it is: a profile's, or for strangers that of their till and day. */
function subjectOf({ profile, data, day }: AcceptedEvent): string {
  if (profile !== undefined) return profile;
  const { store = 'none', terminal = 'none' } = data as { store?: string; terminal?: string };
  return strangerPartition(store, terminal, isoFromDay(day));
}

interface FoldedAlone {
  readonly report: FoldReport;
  /** Sales that met what came before them, to be folded with it. */
  readonly awaited: readonly AcceptedEvent[];
}

interface Folded extends FoldedAlone {
  /** Records to be folded one by one, where it shows for whom it cannot be done, and why. */
  readonly left: readonly RecordEvents[];
}

/**
 * Folds a group at once, by reads that may lag: a condition that fails then leaves its record. Records that
 * change by one write need no transaction, which would cost them double.
 */
async function foldTogether(deps: Deps, group: readonly RecordEvents[]): Promise<Folded> {
  try {
    const loaded = await loadRecords(deps.table, group, { mayLag: true });
    const changes: { readonly record: LoadedRecord; readonly writes: readonly Write[] }[] = [];
    for (const record of loaded)
      changes.push({ record, writes: await foldWrites(deps, record, record.sorted.fresh) });
    const joint = changes.flatMap(({ writes }) => (writes.length > 1 ? writes : []));
    const isTooMuch = joint.length > MOST_WRITES;
    if (isTooMuch || (joint.length > 0 && !(await deps.table.commit(joint)).ok))
      return { report: NOTHING, awaited: [], left: group };
    const single = changes.filter(({ writes }) => writes.length === 1);
    const failed = await deps.table.writeEach(single.flatMap(({ writes }) => writes));
    const lost = new Set(failed.map((index) => single[index]?.record.subject));
    const done = loaded.filter(({ subject }) => !lost.has(subject)).map(({ sorted }) => sorted);
    return {
      report: {
        folded: done.reduce((sum, { fresh }) => sum + fresh.length, 0),
        duplicates: done.reduce((sum, { duplicates }) => sum + duplicates.length, 0),
        conflicts: await setAside(
          deps,
          done.flatMap(({ conflicts }) => conflicts),
        ),
      },
      awaited: done.flatMap(({ awaited }) => awaited),
      left: group.filter(({ subject }) => lost.has(subject)),
    };
  } catch {
    return { report: NOTHING, awaited: [], left: group };
  }
}

async function foldAlone(deps: Deps, { subject, events }: RecordEvents): Promise<FoldedAlone> {
  const met: AcceptedEvent[] = [];
  const report = { folded: 0, duplicates: 0, conflicts: 0 };
  let waiting = events;
  let lost = 0;
  while (waiting.length > 0) {
    const [record] = await loadRecords(deps.table, [{ subject, events: waiting }], { mayLag: false });
    if (record === undefined) break;
    const { fresh, duplicates, conflicts, awaited } = record.sorted;
    const { now, later } = splitForCommit(fresh);
    const writes = await foldWrites(deps, record, now);
    if (writes.length === 0 || (await deps.table.commit(writes)).ok) {
      report.folded += now.length;
      report.duplicates += duplicates.length;
      report.conflicts += await setAside(deps, conflicts);
      met.push(...awaited);
      waiting = later;
      lost = 0;
    } else {
      lost += 1;
      if (lost === ATTEMPTS) throw new TooManyConflicts(`The record ${subject}`);
      await deps.pause?.(lost);
    }
  }
  return { report, awaited: met };
}

async function reportOf(
  deps: Deps,
  event: AcceptedEvent,
  outcome: Sorted | CaseRefusal,
): Promise<FoldReport> {
  if (typeof outcome === 'string') {
    await quarantine(deps, [{ ...keptOf(event), ...overfull(event, outcome) }], deps.clock());
    return { ...NOTHING, conflicts: 1 };
  }
  return {
    folded: outcome.fresh.length,
    duplicates: outcome.duplicates.length,
    conflicts: await setAside(deps, outcome.conflicts),
  };
}

const overfull = ({ type }: AcceptedEvent, cause: CaseRefusal) => {
  const path = type === 'return.recorded' ? 'data.sale' : 'data.receipt';
  return { cause, path, detail: `${path}: ${overfullWords[cause]}; name the right receipt` };
};

const overfullWords: Readonly<Record<CaseRefusal, string>> = {
  'too-many-returns': `${MOST_RETURNS} returns name this sale already`,
  'too-many-corrections': `${MOST_CORRECTIONS} corrections name this receipt already`,
  'too-many-people': 'more people than one commit can hold brought something back of this sale',
};

/** How it is let go says nothing of what it is, and must not make another item of it. */
const keptOf = ({ released: _onTheWayOnly, ...event }: AcceptedEvent) => ({
  source: event.source,
  item: event,
  accepted: true as const,
});

async function setAside(deps: Deps, conflicts: readonly Conflicting[]): Promise<number> {
  const refused = conflicts.map(({ event, name }) => {
    const { code, path, message } = conflictOf(name);
    return { ...keptOf(event), cause: code, path, detail: message };
  });
  await quarantine(deps, refused, deps.clock());
  return conflicts.length;
}
