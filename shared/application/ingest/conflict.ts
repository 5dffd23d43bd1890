import type { AcceptedEvent } from '../../domain/events/event.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';

/** What an event is to those that were told before it; a conflict names the name in question. */
export type Recognised =
  | { readonly status: 'fresh' }
  | { readonly status: 'duplicate' }
  | { readonly status: 'conflict'; readonly name: string };

/**
 * Looks an event up by all its names among the digests of what is known. The names of a fresh one are known
 * from then on, so that the second of two equals in a batch is a duplicate. At the door and in the fold alike.
 */
export function recognise(event: AcceptedEvent, known: Map<string, string>): Recognised {
  const { keys, digest } = event;
  const contested = contestedName(event, known);
  if (contested !== undefined) return { status: 'conflict', name: contested };
  if (keys.some((name) => known.has(name))) return { status: 'duplicate' };
  for (const name of keys) known.set(name, digest);
  return { status: 'fresh' };
}

/** The name that another event has. */
export const contestedName = (
  { keys, digest }: AcceptedEvent,
  known: ReadonlyMap<string, string>,
): string | undefined => keys.find((name) => known.has(name) && known.get(name) !== digest);

/** The field to look at, by what a name begins with; names of everything else begin with a receipt. */
const namedIn: Readonly<Record<string, string>> = {
  event: 'id',
  close: 'data.shift',
  complaint: 'data.ticket',
  coupon: 'data.coupon',
};

/** Two events claim one name: the first stays, this one is refused. */
export const conflictOf = (name: string): InvalidInput =>
  new InvalidInput(
    'conflict',
    namedIn[name.slice(0, name.indexOf('/'))] ?? 'data.receipt',
    `${name}: an event of this name with other content was taken before and stays; send a correction under a new name`,
  );
