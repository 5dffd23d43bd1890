import { keys, waitingPartition } from '../../contracts/keys.ts';
import { type Aggregate, combine, nobody } from '../../domain/customers/aggregate.ts';
import { difference } from '../../domain/customers/difference.ts';
import { fold } from '../../domain/customers/measure.ts';
import { toStored } from '../../domain/customers/stored-aggregate.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import { TooManyConflicts } from '../../domain/kernel/errors.ts';
import type { SaleException } from '../../domain/returns/exceptions.ts';
import { headOf, type SaleHead, saleOf, withEvent } from '../../domain/returns/sale-case.ts';
import { type Settled, settle } from '../../domain/returns/settle.ts';
import { type Item, MOST_WRITES, type Write } from '../../ports/table.ts';
import { digestsOf, factWrite, markerValue } from './folded-record.ts';
import { type LinkingDeps, linkProfiles } from './link-profiles.ts';
import { personalWrites } from './personal-writes.ts';
import { aggregateOf } from './read-customer.ts';
import { caseItemWith, countCorrections, countReturns, isContested, readCase } from './sale-case-item.ts';
import { type Sorted, sortOut } from './sort-out.ts';

export interface CaseEvent {
  readonly subject: string;
  readonly event: AcceptedEvent;
}

const ATTEMPTS = 12;

/** A till that gives every return the same sale must not make one item, and its reading, grow without end. */
export const MOST_RETURNS = 200;
/** A shop tells an order again with each of its changes. */
export const MOST_CORRECTIONS = 200;

/** Why an event cannot join its sale; it waits for a person. */
export type CaseRefusal = 'too-many-returns' | 'too-many-corrections' | 'too-many-people';

/** What an event is to its case, and what would be written; nothing where nothing is new. */
export interface PlannedCase {
  readonly outcome: Sorted | CaseRefusal;
  readonly writes: readonly Write[];
}

/**
 * Works out what one event changes that hangs on what is known of a sale: the sale after its returns, a further part
 * of it, a correction, a return or a void. What they undo before and after is compared, and the difference goes to each
 * record concerned, in one commit with the fact and the case. The version of the case keeps writers apart.
 */
export async function planCase(deps: LinkingDeps, one: CaseEvent): Promise<PlannedCase> {
  const { table } = deps;
  const { event } = one;
  const sale = saleOf(event);
  const names = [...new Set([...event.keys, ...(sale === undefined ? [] : [sale])])];
  const items = await table.getMany(names.map(keys.marker));
  const sorted = sortOut([event], digestsOf(names, items).known, new Set());
  if (sorted.fresh.length === 0) return { outcome: sorted, writes: [] };
  const markers = new Map(names.map((name, index) => [name, items[index]]));
  const head = sale === undefined ? undefined : markers.get(sale);
  const full = fullness(event, head);
  if (full !== undefined) return { outcome: full, writes: [] };
  const writes = [
    ...(await caseWrites(deps, one, sale, head)),
    factWrite(one.subject, event),
    ...names.map((name) => nameWrite(one, name, name === sale, markers.get(name))),
    ...(await personalWrites(table, [event])),
  ];
  // Parts, or corrections, of a receipt by nearly a hundred people: what changes them all fits into no commit.
  return writes.length > MOST_WRITES
    ? { outcome: 'too-many-people', writes: [] }
    : { outcome: sorted, writes };
}

/** Plans and commits, and tries again where others were faster. */
export async function foldIntoCase(deps: LinkingDeps, one: CaseEvent): Promise<PlannedCase['outcome']> {
  for (let lost = 1; lost <= ATTEMPTS; lost += 1) {
    const { outcome, writes } = await planCase(deps, one);
    if (writes.length === 0 || (await deps.table.commit(writes)).ok) return outcome;
    if (lost < ATTEMPTS) await deps.pause?.(lost);
  }
  throw new TooManyConflicts(`The sale of ${one.event.id}`);
}

function fullness({ type }: AcceptedEvent, head: Item | undefined): CaseRefusal | undefined {
  if (type === 'return.recorded' && countReturns(head) >= MOST_RETURNS) return 'too-many-returns';
  if (type === 'receipt.corrected' && countCorrections(head) >= MOST_CORRECTIONS)
    return 'too-many-corrections';
  return undefined;
}

/** Over what stands under the name, since others may have named it as their sale before it came. */
function nameWrite(
  { subject, event }: CaseEvent,
  name: string,
  isSale: boolean,
  item: Item | undefined,
): Write {
  return {
    put: keys.marker(name),
    value: isSale
      ? caseItemWith(item, name, subject, event)
      : { ...item?.value, ...markerValue(name, subject, event) },
    if: item === undefined ? 'absent' : { version: item.version },
  };
}

async function caseWrites(
  deps: LinkingDeps,
  one: CaseEvent,
  sale: string | undefined,
  head: Item | undefined,
): Promise<Write[]> {
  const { subject, event } = one;
  // A long receipt that nobody returns is not read again for each of its parts.
  const of = headOf(event);
  if (sale === undefined || of === undefined || (event.type === 'sale.recorded' && !isContested(head)))
    return recordWrites(deps, one, new Map());
  const known = await readCase(deps.table, head);
  const before = settle(known);
  const after = settle(withEvent(known, subject, event));
  return [
    ...(await recordWrites(deps, one, undoneBetween(before, after))),
    ...waitingWrites(sale, before.waiting, after.waiting),
    ...exceptionWrites(sale, of, before.exception, after.exception),
  ];
}

function undoneBetween(before: Settled, after: Settled): Map<string, Aggregate> {
  const subjects = new Set([...before.undone.keys(), ...after.undone.keys()]);
  const undone = ({ undone }: Settled, subject: string) => undone.get(subject) ?? nobody;
  return new Map(
    [...subjects].map((subject) => [subject, difference(undone(after, subject), undone(before, subject))]),
  );
}

async function recordWrites(
  deps: LinkingDeps,
  { subject, event }: CaseEvent,
  changes: ReadonlyMap<string, Aggregate>,
): Promise<Write[]> {
  const subjects = [...new Set([subject, ...changes.keys()])];
  const items = await deps.table.getMany(subjects.map(keys.aggregate));
  const own = aggregateOf(items[0]);
  await linkProfiles(deps, own, fold(own, [event]), [event]);
  return subjects.map((one, index): Write => {
    const item = items[index];
    const before = one === subject ? fold(own, [event]) : aggregateOf(item);
    return {
      put: keys.aggregate(one),
      value: { ...toStored(combine(before, changes.get(one) ?? nobody)) },
      if: item === undefined ? 'absent' : { version: item.version },
    };
  });
}

/** Written with the case and only with it, so the case's version guards them. */
function waitingWrites(sale: string, before: Aggregate, after: Aggregate): Write[] {
  const key = keys.aggregate(waitingPartition(sale));
  if (after !== nobody) return [{ put: key, value: { ...toStored(after) } }];
  return before === nobody ? [] : [{ remove: key }];
}

function exceptionWrites(
  sale: string,
  { store, terminal, receipt }: SaleHead,
  before: SaleException | undefined,
  after: SaleException | undefined,
): Write[] {
  const closed = before === undefined || before.kind === after?.kind ? [] : [before.kind];
  return [
    ...closed.map((kind): Write => ({ remove: keys.saleException(kind, sale) })),
    ...(after === undefined
      ? []
      : [{ put: keys.saleException(after.kind, sale), value: { store, terminal, receipt, ...after } }]),
  ];
}
