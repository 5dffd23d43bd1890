import { keys } from '../../contracts/keys.ts';
import { closedAddress } from '../../domain/customers/consent.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import type { Table, Write } from '../../ports/table.ts';

/** Closes addresses that a sender outside heard of, in the commit that keeps the fact. The first reason stays. */
export async function closingWrites(table: Table, events: readonly AcceptedEvent[]): Promise<Write[]> {
  const closed = new Map(
    events.flatMap((event) => {
      const address = closedAddress(event);
      return address === undefined || event.type !== 'message.stopped'
        ? []
        : [[address, { reason: event.data.kind, at: event.occurredAt }] as const];
    }),
  );
  if (closed.size === 0) return [];
  const known = await table.getMany([...closed.keys()].map(keys.suppression));
  return [...closed].flatMap(([address, value], index): Write[] =>
    known[index] === undefined ? [{ put: keys.suppression(address), value, if: 'absent' }] : [],
  );
}
