import { keys, waitingPartition } from '../../contracts/keys.ts';
import { type Aggregate, combine, nobody } from '../../domain/customers/aggregate.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import { receiptOf } from '../../domain/returns/sale-case.ts';
import { settle } from '../../domain/returns/settle.ts';
import type { Item, Table } from '../../ports/table.ts';
import { agrees, type Found, type Money, moneyOf } from './audit-record.ts';
import { readWhatStands } from './case-facts.ts';
import { aggregateOf } from './read-customer.ts';
import { countReturns, isContested } from './sale-case-item.ts';

/** The receipts of which something stands in a record by these facts: sold, corrected, or taken back. */
export const receiptsOf = (facts: readonly AcceptedEvent[]): readonly string[] => [
  ...new Set(facts.filter(({ type }) => type !== 'sale.voided').flatMap((fact) => receiptOf(fact) ?? [])),
];

/** What is corrected and undone of a record's receipts. */
export async function undoneOf(
  table: Table,
  subject: string,
  heads: readonly (Item | undefined)[],
): Promise<Aggregate> {
  let undone = nobody;
  for (const head of heads) {
    if (head === undefined || !isContested(head.value)) continue;
    const settled = settle(await readWhatStands(table, head));
    undone = combine(undone, settled.undone.get(subject) ?? nobody);
  }
  return undone;
}

export interface WaitingAudit {
  readonly money: Money;
  /** Records that wait: one or none. */
  readonly records: number;
  readonly found: readonly Found[];
}

/** Compares what waits for a sale with the returns that wait; undefined where none do. */
export async function auditWaiting(table: Table, head: Item): Promise<WaitingAudit | undefined> {
  if (countReturns(head.value) === 0) return undefined;
  const { waiting } = settle(await readWhatStands(table, head));
  if (waiting === nobody) return undefined;
  const subject = waitingPartition(head.pk);
  const stored = await table.get(keys.aggregate(subject));
  const money = moneyOf(waiting);
  if (stored === undefined) return { money, records: 0, found: [{ finding: 'record-missing', of: subject }] };
  const isRight = agrees(aggregateOf(stored), waiting);
  return { money, records: 1, found: isRight ? [] : [{ finding: 'record-differs', of: subject }] };
}

/** The returns that a waiting record counts are those of a sale that has not come. */
export async function hasWaitingReturns(table: Table, sale: string): Promise<boolean> {
  const head = await table.get(keys.marker(sale));
  return head !== undefined && (await auditWaiting(table, head)) !== undefined;
}
