import { keys } from '../../contracts/keys.ts';
import { type Aggregate, nobody } from '../../domain/customers/aggregate.ts';
import { fold, measure } from '../../domain/customers/measure.ts';
import { mayBeCounted } from '../../domain/customers/signals.ts';
import { fromStored, type StoredAggregate, toStored } from '../../domain/customers/stored-aggregate.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import type { Item, Reading, Table, Write } from '../../ports/table.ts';
import { callBackWrites } from './call-backs.ts';
import { closingWrites } from './close-addresses.ts';
import { isFact, type RecordEvents } from './commit-room.ts';
import { householdWrites } from './household-writes.ts';
import { type LinkingDeps, linkProfiles } from './link-profiles.ts';
import { personalWrites } from './personal-writes.ts';
import { markerWith } from './sale-case-item.ts';
import { type Sorted, sortOut } from './sort-out.ts';

/** A record as it stands, and what its events are to it. */
export interface LoadedRecord {
  readonly subject: string;
  readonly aggregate: Item | undefined;
  readonly sorted: Sorted;
}

/** Reads the records and the names of their events in one go, and sorts out what is new. */
export async function loadRecords(
  table: Table,
  records: readonly RecordEvents[],
  reading: Reading,
): Promise<LoadedRecord[]> {
  const facts = records.flatMap(({ events }) => events.filter(isFact));
  const names = [...new Set(facts.flatMap((event) => event.keys))];
  const items = await table.getMany(
    [...records.map(({ subject }) => keys.aggregate(subject)), ...names.map(keys.marker)],
    reading,
  );
  const { known, awaited } = digestsOf(names, items.slice(records.length));
  return records.map(({ subject, events }, index) => {
    const aggregate = items[index];
    const [again, others] = toldAgain(aggregate, events);
    const sorted = sortOut(others, known, awaited);
    return { subject, aggregate, sorted: { ...sorted, duplicates: [...sorted.duplicates, ...again] } };
  });
}

/**
 * Signals out of the archive that may have been counted, and all other events. Records remember a few signals, which is
 * enough for what is told twice within minutes; of a whole archive that is replayed the rest would count again.
 */
function toldAgain(
  stored: Item | undefined,
  events: readonly AcceptedEvent[],
): readonly [again: readonly AcceptedEvent[], others: readonly AcceptedEvent[]] {
  const isReplayed = (event: AcceptedEvent): boolean =>
    event.released?.from === 'archive' && event.released.rebuild === undefined && !isFact(event);
  if (!events.some(isReplayed)) return [[], events];
  const { signals } = stored === undefined ? nobody : fromStored(stored.value as StoredAggregate);
  const isAgain = (event: AcceptedEvent): boolean =>
    isReplayed(event) && mayBeCounted(signals, measure(event).signals);
  return [events.filter(isAgain), events.filter((event) => !isAgain(event))];
}

/** What stands under these names. A sale that others wait for has a marker, and no digest yet. */
export function digestsOf(
  names: readonly string[],
  markers: readonly (Item | undefined)[],
): { readonly known: Map<string, string>; readonly awaited: Set<string> } {
  const known = new Map<string, string>();
  const awaited = new Set<string>();
  names.forEach((name, index) => {
    const marker = markers[index];
    const digest = marker?.value['digest'];
    if (typeof digest === 'string') known.set(name, digest);
    else if (marker !== undefined) awaited.add(name);
  });
  return { known, awaited };
}

/** Everything that one commit changes for one record: its state first, the facts, their names, the vault. */
export async function foldWrites(
  deps: LinkingDeps,
  { subject, aggregate: stored }: LoadedRecord,
  events: readonly AcceptedEvent[],
): Promise<Write[]> {
  if (events.length === 0) return [];
  const before: Aggregate = stored === undefined ? nobody : fromStored(stored.value as StoredAggregate);
  const after = fold(before, events);
  await linkProfiles(deps, before, after, events);
  return [
    {
      put: keys.aggregate(subject),
      value: { ...toStored(after) },
      if: stored === undefined ? 'absent' : { version: stored.version },
    },
    ...events.filter(isFact).flatMap((event) => factWrites(subject, event)),
    ...(await personalWrites(deps.table, events)),
    ...callBackWrites(subject, before, after),
    ...householdWrites(subject, before, after),
    ...(await closingWrites(deps.table, events)),
  ];
}

function factWrites(subject: string, event: AcceptedEvent): Write[] {
  return [
    factWrite(subject, event),
    ...event.keys.map(
      (name): Write => ({
        put: keys.marker(name),
        value: markerWith(undefined, name, subject, event),
        if: 'absent',
      }),
    ),
  ];
}

export const factWrite = (
  subject: string,
  { sealed: _vaultOnly, released: _onTheWayOnly, ...event }: AcceptedEvent,
): Write => ({
  put: keys.fact(subject, event.occurredAt, event.id),
  value: { ...event },
  if: 'absent',
});
