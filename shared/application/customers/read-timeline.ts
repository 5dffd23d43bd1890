import type * as z from 'zod';
import type { TimelineAnswer } from '../../contracts/customer-schemas.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import type { ProfileId } from '../../domain/kernel/ids.ts';
import type { Item, Table } from '../../ports/table.ts';

/** The place below every fact's key, so that the first page begins at the newest. */
const ABOVE_ALL = 'fact#~';
const BELOW_ALL = 'fact#';

/** Facts of all profiles of a customer, newest first. The cursor is the key of the last one shown. */
export async function readTimeline(
  table: Table,
  profiles: readonly ProfileId[],
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<z.input<typeof TimelineAnswer>> {
  const pages = await Promise.all(
    profiles.map((pk) =>
      table.query({
        table: 'facts',
        pk,
        from: BELOW_ALL,
        to: cursor ?? ABOVE_ALL,
        descending: true,
        limit: limit + 2,
      }),
    ),
  );
  const newest = pages
    .flatMap(({ items }) => items)
    .filter(({ sk }) => cursor === undefined || sk < cursor)
    .sort((a, b) => (a.sk < b.sk ? 1 : -1));
  const shown = newest.slice(0, limit);
  const last = newest.length > limit ? shown.at(-1) : undefined;
  return { events: shown.map(toEntry), ...(last === undefined ? {} : { cursor: last.sk }) };
}

function toEntry({ value }: Item) {
  const { id, type, occurredAt, source, data } = value as unknown as AcceptedEvent;
  return { id, type, occurredAt, source, data: { ...data } };
}
