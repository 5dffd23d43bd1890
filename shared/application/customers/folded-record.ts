import { keys } from '../../contracts/keys.ts';
import { type Aggregate, nobody } from '../../domain/customers/aggregate.ts';
import { fold } from '../../domain/customers/measure.ts';
import { fromStored, type StoredAggregate, toStored } from '../../domain/customers/stored-aggregate.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import type { Item, Reading, Table, Write } from '../../ports/table.ts';
import { isFact, type RecordEvents } from './commit-room.ts';
import { linkProfiles } from './link-profiles.ts';
import { personalWrites } from './personal-writes.ts';
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
  const known = new Map<string, string>();
  names.forEach((name, index) => {
    const digest = items[records.length + index]?.value['digest'];
    if (typeof digest === 'string') known.set(name, digest);
  });
  return records.map(({ subject, events }, index) => ({
    subject,
    aggregate: items[index],
    sorted: sortOut(events, known),
  }));
}

/** Everything that one commit changes for one record: its state first, the facts, their names, the vault. */
export async function foldWrites(
  table: Table,
  { subject, aggregate: stored }: LoadedRecord,
  events: readonly AcceptedEvent[],
): Promise<Write[]> {
  if (events.length === 0) return [];
  const before: Aggregate = stored === undefined ? nobody : fromStored(stored.value as StoredAggregate);
  const after = fold(before, events);
  await linkProfiles(table, before, after, events);
  return [
    {
      put: keys.aggregate(subject),
      value: { ...toStored(after) },
      if: stored === undefined ? 'absent' : { version: stored.version },
    },
    ...events.filter(isFact).flatMap((event) => factWrites(subject, event)),
    ...(await personalWrites(table, events)),
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
