import { keys } from '../../contracts/keys.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import type { ProfileId } from '../../domain/kernel/ids.ts';
import { receiptOf } from '../../domain/returns/sale-case.ts';
import type { Item, Table } from '../../ports/table.ts';
import { factsOfOthers } from './sale-case-item.ts';

/** Of one receipt; a sale takes hundreds of returns, and a page shows up to two hundred receipts. */
const MOST = 10;

const isFirstOfReceipt = ({ type, data }: AcceptedEvent): boolean =>
  (type === 'sale.recorded' || type === 'return.recorded') && data.part === 1;

/**
 * What others told of the receipts on a page, by the id of the receipt, oldest first: whoever brought the goods back,
 * or a till that voided without asking whose it was. It changed this customer's record and stands in another one's timeline.
 */
export async function toldByOthers(
  table: Table,
  profiles: readonly ProfileId[],
  events: readonly AcceptedEvent[],
): Promise<ReadonlyMap<string, readonly Item[]>> {
  const receipts = events.flatMap((event) => {
    const name = isFirstOfReceipt(event) ? receiptOf(event) : undefined;
    return name === undefined ? [] : [{ id: event.id, marker: keys.marker(name) }];
  });
  const heads = await table.getMany(receipts.map(({ marker }) => marker));
  const told = receipts.flatMap(({ id }, index) => {
    const facts = factsOfOthers(heads[index], profiles);
    return facts
      .sort((a, b) => (a.sk < b.sk ? -1 : 1))
      .slice(0, MOST)
      .map((key) => ({ id, key }));
  });
  const facts = await table.getMany(told.map(({ key }) => key));
  const byReceipt = new Map<string, Item[]>();
  for (const [index, { id }] of told.entries()) {
    const fact = facts[index];
    if (fact !== undefined) byReceipt.set(id, [...(byReceipt.get(id) ?? []), fact]);
  }
  return byReceipt;
}
