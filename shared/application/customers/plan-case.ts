import { keys } from '../../contracts/keys.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import { restatedBy } from '../../domain/returns/effective.ts';
import { casesOf, headOf, namedSale, receiptOf } from '../../domain/returns/sale-case.ts';
import { settle } from '../../domain/returns/settle.ts';
import { type Item, MOST_WRITES, type Value, type Write } from '../../ports/table.ts';
import { assertWhole, caseFrom, type Facts, readFacts, withFact } from './case-facts.ts';
import { type CaseChange, caseWrites, recordWrites } from './case-writes.ts';
import { digestsOf, factWrite } from './folded-record.ts';
import type { LinkingDeps } from './link-profiles.ts';
import { personalWrites } from './personal-writes.ts';
import {
  countCorrections,
  countReturns,
  isContested,
  markerWith,
  salesReturnedUnder,
  withoutCorrections,
  withVoidsOf,
} from './sale-case-item.ts';
import { type Sorted, sortOut } from './sort-out.ts';

export interface CaseEvent {
  readonly subject: string;
  readonly event: AcceptedEvent;
}

/** A till that gives every return the same sale must not make one item, and its reading, grow without end. */
export const MOST_RETURNS = 200;
/** Of different content: a shop tells an order again with each of its changes, most of which change nothing of it. */
export const MOST_CORRECTIONS = 200;

/** Why an event cannot join its sale; it waits for a person. */
export type CaseRefusal = 'too-many-returns' | 'too-many-corrections' | 'too-many-people';

/** What an event is to its cases, and what would be written; nothing where nothing is new. */
export interface PlannedCase {
  readonly outcome: Sorted | CaseRefusal;
  readonly writes: readonly Write[];
}

type Markers = ReadonlyMap<string, Item | undefined>;

/**
 * Works out what one event changes that hangs on what is known of a receipt: the sale after its returns, a further part
 * of it, a correction, a return or a void. What they undo before and after is compared, and the difference goes to each
 * record concerned, in one commit with the fact and the cases. The versions of the cases keep writers apart.
 */
export async function planCase(deps: LinkingDeps, one: CaseEvent): Promise<PlannedCase> {
  const { table } = deps;
  const { subject, event } = one;
  const own = [...new Set([...event.keys, ...casesOf(event)])];
  const items = await table.getMany(own.map(keys.marker));
  const sorted = sortOut([event], digestsOf(own, items).known, new Set());
  if (sorted.fresh.length === 0) return { outcome: sorted, writes: [] };
  const markers = await withSalesOfVoided(deps, event, new Map(own.map((name, at) => [name, items[at]])));
  const values = markersWith(one, markers);
  const changes = await changesBy(deps, one, markers, values);
  const full = fullness(changes);
  if (full !== undefined) return { outcome: full, writes: [] };
  const writes = [
    ...(await recordWrites(deps, one, changes)),
    ...changes.flatMap(caseWrites),
    factWrite(subject, event),
    ...markerWrites(
      markers,
      new Map([...values, ...changes.map(({ name, value }) => [name, value] as const)]),
    ),
    ...(await personalWrites(table, [event])),
  ];
  // Parts, or corrections, of a receipt by nearly a hundred people: what changes them all fits into no commit.
  return writes.length > MOST_WRITES
    ? { outcome: 'too-many-people', writes: [] }
    : { outcome: sorted, writes };
}

/** Whoever voids a return's receipt changes the sales that the goods came back of. */
async function withSalesOfVoided(
  { table }: LinkingDeps,
  event: AcceptedEvent,
  markers: Markers,
): Promise<Markers> {
  if (event.type !== 'sale.voided') return markers;
  const sales = salesReturnedUnder(markers.get(receiptOf(event) ?? '')?.value);
  const items = await table.getMany(sales.map(keys.marker));
  return new Map([...markers, ...sales.map((name, at) => [name, items[at]] as const)]);
}

/** The markers as they shall be. */
function markersWith({ subject, event }: CaseEvent, markers: Markers): ReadonlyMap<string, Value> {
  const values = new Map(
    [...markers].map(([name, item]) => [name, markerWith(item?.value, name, subject, event)]),
  );
  // A return that was voided before it came is void in the case of its sale as well.
  const [sale = '', receipt = ''] = [namedSale(event), receiptOf(event)];
  const ofSale = values.get(sale);
  return ofSale === undefined ? values : values.set(sale, withVoidsOf(ofSale, values.get(receipt)));
}

/** The cases that an event brings into motion. A long receipt that nobody returns is not read for each of its parts. */
async function changesBy(
  { table }: LinkingDeps,
  { subject, event }: CaseEvent,
  markers: Markers,
  values: ReadonlyMap<string, Value>,
): Promise<readonly CaseChange[]> {
  const moved = [...values].flatMap(([name, value]) =>
    isContested(value) ? [{ name, value, stood: markers.get(name)?.value }] : [],
  );
  const before = await readFacts(
    table,
    moved.map(({ name, stood }) => [name, stood]),
  );
  const after = withFact(before, subject, event);
  return moved.map(({ name, value, stood }): CaseChange => {
    assertWhole(name, stood, before);
    const next = event.type === 'receipt.corrected' ? withoutRestated(name, value, after) : value;
    const known = caseFrom(name, next, after);
    return {
      name,
      value: next,
      head: headOf(known),
      before: settle(caseFrom(name, stood, before)),
      after: settle(known),
    };
  });
}

/** Of corrections that say the same the last will do: it is the highest of them that may count. */
function withoutRestated(name: string, value: Value, facts: Facts): Value {
  const { corrections } = caseFrom(name, value, facts);
  return withoutCorrections(value, restatedBy(corrections));
}

const markerWrites = (markers: Markers, values: ReadonlyMap<string, Value>): Write[] =>
  [...values].map(([name, value]) => {
    const item = markers.get(name);
    return { put: keys.marker(name), value, if: item === undefined ? 'absent' : { version: item.version } };
  });

function fullness(changes: readonly CaseChange[]): CaseRefusal | undefined {
  if (changes.some(({ value }) => countReturns(value) > MOST_RETURNS)) return 'too-many-returns';
  if (changes.some(({ value }) => countCorrections(value) > MOST_CORRECTIONS)) return 'too-many-corrections';
  return undefined;
}
