import { keys } from '../../contracts/keys.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import type { Item, Table } from '../../ports/table.ts';
import { auditWaiting, receiptsOf, undoneOf } from './audit-cases.ts';
import {
  addMoney,
  auditRecord,
  countsFacts,
  type Found,
  type Marker,
  type Money,
  noMoney,
} from './audit-record.ts';
import { everyItem, everyItemOf } from './every-item.ts';
import { aggregateOf } from './read-customer.ts';
import { isAwaited, isUnsold } from './sale-case-item.ts';

const SEGMENTS = 8;
/** Keys that are looked up together. */
const BATCH = 800;

const FACT = 'fact#';
const isFact = ({ sk }: Item): boolean => sk.startsWith(FACT);
export const isMarker = ({ sk }: Item): boolean => sk === keys.marker('').sk;
// Both are written by the fold alone.
const factIn = ({ value }: Item): AcceptedEvent => value as unknown as AcceptedEvent;
export const markerIn = ({ value }: Item): Marker => value as unknown as Marker;

/** The facts of one record, oldest first. */
export async function* factsOf(table: Table, subject: string): AsyncGenerator<AcceptedEvent, void> {
  for await (const item of everyItemOf(table, { table: 'facts', pk: subject, prefix: FACT }))
    yield factIn(item);
}

type Note = (found: Found) => void;

interface SubjectFacts {
  readonly subject: string;
  readonly facts: AcceptedEvent[];
}

export interface FactTally {
  facts: number;
  markers: number;
  /** Those that lead to their fact. */
  rightMarkers: number;
  /** Records that have facts, and those of returns that wait. */
  records: number;
  money: Money;
}

/** Goes through the facts table once, and looks up what its facts are to be compared with. */
export async function auditFacts(table: Table, note: Note): Promise<FactTally> {
  const tally: FactTally = { facts: 0, markers: 0, rightMarkers: 0, records: 0, money: noMoney };
  const meetMarker = async (item: Item): Promise<void> => {
    if (!isAwaited(item)) tally.markers += 1;
    const waiting = isUnsold(item) ? await auditWaiting(table, item) : undefined;
    if (waiting === undefined) return;
    tally.records += waiting.records;
    tally.money = addMoney(tally.money, waiting.money);
    for (const found of waiting.found) note(found);
  };
  const segments = Array.from({ length: SEGMENTS }, async (_, segment) => {
    let batch: SubjectFacts[] = [];
    let lookUps = 0;
    for await (const record of recordsIn(table, segment, meetMarker)) {
      if (lookUps >= BATCH) {
        await auditBatch(table, batch, tally, note);
        batch = [];
        lookUps = 0;
      }
      batch.push(record);
      lookUps += record.facts.reduce((sum, fact) => sum + 1 + fact.keys.length, 0);
    }
    await auditBatch(table, batch, tally, note);
  });
  await Promise.all(segments);
  return tally;
}

/** The facts of a segment, a record at a time. What campaigns did stands beside them and is passed over. */
async function* recordsIn(
  table: Table,
  segment: number,
  onMarker: (item: Item) => Promise<void>,
): AsyncGenerator<SubjectFacts, void> {
  let current: SubjectFacts | undefined;
  for await (const item of everyItem(table, 'facts', { segment, of: SEGMENTS })) {
    if (isMarker(item)) await onMarker(item);
    if (!isFact(item)) continue;
    if (current?.subject !== item.pk) {
      if (current !== undefined) yield current;
      current = { subject: item.pk, facts: [] };
    }
    current.facts.push(factIn(item));
  }
  if (current !== undefined) yield current;
}

async function auditBatch(
  table: Table,
  batch: readonly SubjectFacts[],
  tally: FactTally,
  note: Note,
): Promise<void> {
  const names = [
    ...new Set(batch.flatMap(({ facts }) => [...facts.flatMap((fact) => fact.keys), ...receiptsOf(facts)])),
  ];
  const items = await table.getMany([
    ...batch.map(({ subject }) => keys.aggregate(subject)),
    ...names.map(keys.marker),
  ]);
  const markers = new Map(names.map((name, index) => [name, items[batch.length + index]]));
  for (const [index, { subject, facts }] of batch.entries()) {
    const stored = items[index];
    const aggregate = stored && aggregateOf(stored);
    const audit = auditRecord({
      subject,
      facts,
      undone: await undoneOf(
        table,
        subject,
        receiptsOf(facts).map((name) => markers.get(name)),
      ),
      aggregate,
      marker: (name) => {
        const item = markers.get(name);
        return item && markerIn(item);
      },
    });
    tally.facts += facts.length;
    tally.rightMarkers += audit.markers;
    if (aggregate !== undefined && countsFacts(aggregate)) tally.records += 1;
    tally.money = addMoney(tally.money, audit.money);
    for (const found of audit.found) note(found);
  }
}
