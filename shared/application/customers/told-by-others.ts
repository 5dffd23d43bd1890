import { keys } from '../../contracts/keys.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import type { ProfileId } from '../../domain/kernel/ids.ts';
import { saleOf } from '../../domain/returns/sale-case.ts';
import type { Item, Table } from '../../ports/table.ts';
import { factsOfOthers } from './sale-case-item.ts';

/** Of one sale; a sale takes hundreds of returns, and a page shows up to two hundred sales. */
const MOST = 10;

/**
 * What others told of the sales on a page, by the id of the sale, oldest first: whoever brought the goods back, or a
 * till that voided without asking who bought. It changed this customer's record and stands in another one's timeline.
 */
export async function toldByOthers(
  table: Table,
  profiles: readonly ProfileId[],
  events: readonly AcceptedEvent[],
): Promise<ReadonlyMap<string, readonly Item[]>> {
  const sales = events.flatMap((event) => {
    const sale = event.type === 'sale.recorded' && event.data.part === 1 ? saleOf(event) : undefined;
    return sale === undefined ? [] : [{ id: event.id, marker: keys.marker(sale) }];
  });
  const heads = await table.getMany(sales.map(({ marker }) => marker));
  const told = sales.flatMap(({ id }, index) => {
    const facts = factsOfOthers(heads[index], profiles);
    return facts
      .sort((a, b) => (a.sk < b.sk ? -1 : 1))
      .slice(0, MOST)
      .map((key) => ({ id, key }));
  });
  const facts = await table.getMany(told.map(({ key }) => key));
  const bySale = new Map<string, Item[]>();
  for (const [index, { id }] of told.entries()) {
    const fact = facts[index];
    if (fact !== undefined) bySale.set(id, [...(bySale.get(id) ?? []), fact]);
  }
  return bySale;
}
