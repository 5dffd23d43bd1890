import * as z from 'zod';
import type { TimelineAnswer } from '../../contracts/customer-schemas.ts';
import type { Sight } from '../../domain/customers/mask.ts';
import { catalogue, type EventType } from '../../domain/events/catalogue.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import { current } from '../../domain/events/read-event.ts';
import { isBefore, readCursor, toCursor } from '../../domain/kernel/cursor.ts';
import type { ProfileId } from '../../domain/kernel/ids.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Item, Table } from '../../ports/table.ts';
import { saidIn } from '../ingest/split-personal.ts';
import { readPersonal } from './contact.ts';
import { toldByOthers } from './told-by-others.ts';

/** The place below every fact's key, so that the first page begins at the newest. */
const ABOVE_ALL = 'fact#~';
const BELOW_ALL = 'fact#';

const Position = z.tuple([z.string().startsWith(BELOW_ALL)]);

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
}

interface Asked {
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** Only facts of this type, out of as many as the limit says. */
  readonly type?: EventType | undefined;
}

/** Facts of all profiles of a customer, newest first. The cursor stands behind the last one looked at. */
export async function readTimeline(
  deps: Deps,
  profiles: readonly ProfileId[],
  { limit, cursor, type }: Asked,
  sight: Sight,
): Promise<z.input<typeof TimelineAnswer>> {
  const [before] = cursor === undefined ? [] : readCursor(cursor, Position);
  const pages = await Promise.all(
    profiles.map((pk) =>
      deps.table.query({
        table: 'facts',
        pk,
        from: BELOW_ALL,
        to: before ?? ABOVE_ALL,
        descending: true,
        limit: limit + 2,
      }),
    ),
  );
  const newest = pages
    .flatMap(({ items }) => items)
    .filter(({ sk }) => before === undefined || isBefore(sk, before))
    .sort((a, b) => (isBefore(a.sk, b.sk) ? 1 : -1));
  const page = newest.slice(0, limit);
  const last = newest.length > limit ? page.at(-1) : undefined;
  const shown = page.filter(({ value }) => type === undefined || value['type'] === type);
  const others = await toldByOthers(deps.table, profiles, shown.map(eventIn));
  const entries = shown.map(async (item): Promise<Entry> => {
    const entry = await toldIn(deps, item, sight);
    const byOthers = others.get(entry.id);
    if (byOthers === undefined) return entry;
    return { ...entry, byOthers: await Promise.all(byOthers.map((other) => toldIn(deps, other, sight))) };
  });
  return {
    events: await Promise.all(entries),
    ...(last === undefined ? {} : { cursor: toCursor(last.sk) }),
  };
}

type Entry = z.input<typeof TimelineAnswer>['events'][number];

const eventIn = ({ value }: Item): AcceptedEvent => current(value as unknown as AcceptedEvent);

async function toldIn(deps: Deps, item: Item, { parts }: Sight): Promise<Omit<Entry, 'byOthers'>> {
  const { pk } = item;
  const { id, type, occurredAt, source, data } = eventIn(item);
  const { said }: { said?: true } = catalogue[type];
  const words =
    said && parts.includes('words') ? await readPersonal(deps, [pk as ProfileId], saidIn(id)) : undefined;
  return {
    id,
    type,
    occurredAt,
    source,
    ...(parts.includes('facts') ? { data: { ...data } } : {}),
    ...(words === undefined ? {} : { said: JSON.parse(words) }),
  };
}
