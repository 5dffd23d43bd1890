import { keys, strangerPartition } from '../../contracts/keys.ts';
import { type Aggregate, nobody } from '../../domain/customers/aggregate.ts';
import { fold } from '../../domain/customers/measure.ts';
import { fromStored, type StoredAggregate, toStored } from '../../domain/customers/stored-aggregate.ts';
import { catalogue } from '../../domain/events/catalogue.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import { isoFromDay } from '../../domain/kernel/day.ts';
import { TooManyConflicts } from '../../domain/kernel/errors.ts';
import { groupBy } from '../../domain/kernel/groups.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Keyring } from '../../ports/keyring.ts';
import { type Item, MOST_WRITES, type Table, type Write } from '../../ports/table.ts';
import { conflictOf } from '../ingest/conflict.ts';
import { quarantine } from '../ingest/quarantine.ts';
import { linkProfiles } from './link-profiles.ts';
import { personalWrites } from './personal-writes.ts';
import { type Conflicting, type Sorted, sortOut } from './sort-out.ts';

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
  readonly clock: Clock;
}

export interface FoldReport {
  readonly folded: number;
  readonly duplicates: number;
  readonly conflicts: number;
}

/** Writers of one customer who meet retry at once; this many in a row means something is stuck. */
const ATTEMPTS = 12;

/** One record and what happened to it. */
type Told = readonly [subject: string, events: readonly AcceptedEvent[]];

/**
 * Folds accepted events into the record of whom they happened to. Facts, the state they change and the
 * names they are known by are committed together, so that a repeat of any part changes nothing.
 */
export const foldEvents =
  (deps: Deps) =>
  async (events: readonly AcceptedEvent[]): Promise<FoldReport> => {
    const outcomes: FoldReport[] = [];
    const failures: unknown[] = [];
    for (const company of companiesOf(groupBy(events, subjectOf))) {
      const together = company.length > 1 ? await foldTogether(deps, company) : undefined;
      if (together !== undefined) {
        outcomes.push(together);
        continue;
      }
      for (const told of company) {
        // One record that cannot be folded must not keep the others waiting.
        await foldAlone(deps, told).then(
          (report) => outcomes.push(report),
          (error: unknown) => failures.push(error),
        );
      }
    }
    if (failures.length > 0) throw failures[0];
    return outcomes.reduce(addReports, { folded: 0, duplicates: 0, conflicts: 0 });
  };

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

/** Records that share one commit, since a commit costs far more than what is in it. */
function companiesOf(records: Iterable<Told>): Told[][] {
  const companies: Told[][] = [];
  let room = 0;
  let names = new Set<string>();
  for (const told of records) {
    const [, events] = told;
    const needed = 1 + events.reduce((sum, event) => sum + writesFor(event), 0);
    const own = events.flatMap((event) => event.keys);
    const company = companies.at(-1);
    // Two records that claim one name are folded one after the other, so that the second meets the first.
    if (company === undefined || needed > room || own.some((name) => names.has(name))) {
      companies.push([told]);
      room = MOST_WRITES - needed;
      names = new Set(own);
    } else {
      company.push(told);
      room -= needed;
      for (const name of own) names.add(name);
    }
  }
  return companies;
}

/** Undefined where it did not succeed for all: one by one it shows for whom, and why. */
async function foldTogether(deps: Deps, company: readonly Told[]): Promise<FoldReport | undefined> {
  try {
    const loaded = await load(deps.table, company);
    const writes: Write[] = [];
    for (const { subject, aggregate, sorted } of loaded) {
      if (sorted.fresh.length > 0)
        writes.push(...(await foldWrites(deps.table, subject, aggregate, sorted.fresh)));
    }
    if (writes.length > 0 && !(await deps.table.commit(writes)).ok) return undefined;
    return {
      folded: loaded.reduce((sum, { sorted }) => sum + sorted.fresh.length, 0),
      duplicates: loaded.reduce((sum, { sorted }) => sum + sorted.duplicates.length, 0),
      conflicts: await setAside(
        deps,
        loaded.flatMap(({ sorted }) => sorted.conflicts),
      ),
    };
  } catch {
    return undefined;
  }
}

async function foldAlone(deps: Deps, [subject, events]: Told): Promise<FoldReport> {
  const report = { folded: 0, duplicates: 0, conflicts: 0 };
  let waiting = events;
  let attemptsLeft = ATTEMPTS;
  while (waiting.length > 0) {
    const [loaded] = await load(deps.table, [[subject, waiting]]);
    if (loaded === undefined) break;
    const { aggregate, sorted } = loaded;
    const { batch, rest } = takeCommit(sorted.fresh);
    if (
      batch.length === 0 ||
      (await deps.table.commit(await foldWrites(deps.table, subject, aggregate, batch))).ok
    ) {
      report.folded += batch.length;
      report.duplicates += sorted.duplicates.length;
      report.conflicts += await setAside(deps, sorted.conflicts);
      waiting = rest;
      attemptsLeft = ATTEMPTS;
    } else {
      attemptsLeft -= 1;
      if (attemptsLeft === 0) throw new TooManyConflicts(`The record ${subject}`);
    }
  }
  return report;
}

interface Loaded {
  readonly subject: string;
  readonly aggregate: Item | undefined;
  readonly sorted: Sorted;
}

/** Reads the states and the names of the events in one go, and sorts out what is new. */
async function load(table: Table, company: readonly Told[]): Promise<Loaded[]> {
  const facts = company.flatMap(([, events]) => events.filter(isFact));
  const names = [...new Set(facts.flatMap((event) => event.keys))];
  const items = await table.getMany([
    ...company.map(([subject]) => keys.aggregate(subject)),
    ...names.map(keys.marker),
  ]);
  const known = new Map<string, string>();
  names.forEach((name, index) => {
    const digest = items[company.length + index]?.value['digest'];
    if (typeof digest === 'string') known.set(name, digest);
  });
  return company.map(([subject, events], index) => ({
    subject,
    aggregate: items[index],
    sorted: sortOut(events, known),
  }));
}

export const isFact = ({ type }: AcceptedEvent): boolean => catalogue[type].class === 'fact';

/** Room in one commit for the aggregate itself. */
const MOST_FACT_WRITES = MOST_WRITES - 1;

/** As many events as one commit holds; signals need no room of their own. */
function takeCommit(events: readonly AcceptedEvent[]): { batch: AcceptedEvent[]; rest: AcceptedEvent[] } {
  let room = MOST_FACT_WRITES;
  const end = events.findIndex((event) => {
    room -= writesFor(event);
    return room < 0;
  });
  return end === -1
    ? { batch: [...events], rest: [] }
    : { batch: events.slice(0, end), rest: events.slice(end) };
}

const writesFor = (event: AcceptedEvent): number =>
  isFact(event) ? 1 + event.keys.length + Object.keys(event.sealed ?? {}).length : 0;

/** Everything that one commit changes for one record. */
async function foldWrites(
  table: Table,
  subject: string,
  stored: Item | undefined,
  batch: readonly AcceptedEvent[],
): Promise<Write[]> {
  const before: Aggregate = stored === undefined ? nobody : fromStored(stored.value as StoredAggregate);
  const after = fold(before, batch);
  await linkProfiles(table, before, after, batch);
  return [
    {
      put: keys.aggregate(subject),
      value: { ...toStored(after) },
      if: stored === undefined ? 'absent' : { version: stored.version },
    },
    ...batch.filter(isFact).flatMap((event) => factWrites(subject, event)),
    ...(await personalWrites(table, batch)),
  ];
}

function factWrites(subject: string, { sealed: _vaultOnly, ...event }: AcceptedEvent): Write[] {
  return [
    { put: keys.fact(subject, event.occurredAt, event.id), value: { ...event }, if: 'absent' },
    ...event.keys.map(
      (name): Write => ({ put: keys.marker(name), value: { digest: event.digest, subject }, if: 'absent' }),
    ),
  ];
}

async function setAside(deps: Deps, conflicts: readonly Conflicting[]): Promise<number> {
  const refused = conflicts.map(({ event, name }) => {
    const { code, path } = conflictOf(name);
    return { cause: code, path, source: event.source, item: event };
  });
  await quarantine(deps, refused, deps.clock());
  return conflicts.length;
}
