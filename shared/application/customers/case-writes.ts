import { keys, waitingPartition } from '../../contracts/keys.ts';
import { type Aggregate, combine, nobody } from '../../domain/customers/aggregate.ts';
import { difference } from '../../domain/customers/difference.ts';
import { fold } from '../../domain/customers/measure.ts';
import { toStored } from '../../domain/customers/stored-aggregate.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import type { SaleException } from '../../domain/returns/exceptions.ts';
import type { SaleHead } from '../../domain/returns/sale-case.ts';
import type { Settled } from '../../domain/returns/settle.ts';
import type { Value, Write } from '../../ports/table.ts';
import { type LinkingDeps, linkProfiles } from './link-profiles.ts';
import { aggregateOf } from './read-customer.ts';

/** What an event makes of a case, and the marker that it stands in afterwards. */
export interface CaseChange {
  readonly name: string;
  readonly value: Value;
  readonly head: SaleHead | undefined;
  readonly before: Settled;
  readonly after: Settled;
}

/** What waits for the receipt, and what a person should look at. */
export const caseWrites = ({ name, head, before, after }: CaseChange): Write[] => [
  ...waitingWrites(name, before.waiting, after.waiting),
  ...exceptionWrites(name, head, before.exception, after.exception),
];

/** The records that change: that of the event, and those in which something is undone, or no longer. */
export async function recordWrites(
  deps: LinkingDeps,
  { subject, event }: { readonly subject: string; readonly event: AcceptedEvent },
  changes: readonly CaseChange[],
): Promise<Write[]> {
  const undone = undoneBy(changes);
  const subjects = [...new Set([subject, ...undone.keys()])];
  const items = await deps.table.getMany(subjects.map(keys.aggregate));
  const own = aggregateOf(items[0]);
  await linkProfiles(deps, own, fold(own, [event]), [event]);
  return subjects.map((one, index): Write => {
    const item = items[index];
    const before = one === subject ? fold(own, [event]) : aggregateOf(item);
    return {
      put: keys.aggregate(one),
      value: { ...toStored(combine(before, undone.get(one) ?? nobody)) },
      if: item === undefined ? 'absent' : { version: item.version },
    };
  });
}

function undoneBy(changes: readonly CaseChange[]): ReadonlyMap<string, Aggregate> {
  const sums = new Map<string, Aggregate>();
  for (const { before, after } of changes) {
    for (const subject of new Set([...before.undone.keys(), ...after.undone.keys()])) {
      const undone = ({ undone }: Settled) => undone.get(subject) ?? nobody;
      sums.set(subject, combine(sums.get(subject) ?? nobody, difference(undone(after), undone(before))));
    }
  }
  return sums;
}

/** Written with the case and only with it, so the case's version guards them. */
function waitingWrites(sale: string, before: Aggregate, after: Aggregate): Write[] {
  const key = keys.aggregate(waitingPartition(sale));
  if (after !== nobody) return [{ put: key, value: { ...toStored(after) } }];
  return before === nobody ? [] : [{ remove: key }];
}

function exceptionWrites(
  sale: string,
  head: SaleHead | undefined,
  before: SaleException | undefined,
  after: SaleException | undefined,
): Write[] {
  const closed = before === undefined || before.kind === after?.kind ? [] : [before.kind];
  return [
    ...closed.map((kind): Write => ({ remove: keys.saleException(kind, sale) })),
    ...(after === undefined || head === undefined
      ? []
      : [{ put: keys.saleException(after.kind, sale), value: { ...placeOf(head), ...after } }]),
  ];
}

const placeOf = ({ store, terminal, receipt }: SaleHead): SaleHead => ({ store, terminal, receipt });
