import type { AcceptedEvent } from '../../domain/events/event.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';

/** The first of the event's names under which other content is known. */
export const contestedName = (
  { keys, digest }: AcceptedEvent,
  known: ReadonlyMap<string, string>,
): string | undefined => keys.find((name) => known.has(name) && known.get(name) !== digest);

/** Two events claim one name: the first stays, this one is refused. */
export const conflictOf = (name: string): InvalidInput =>
  new InvalidInput(
    'conflict',
    name.startsWith('event/') ? 'id' : 'data.receipt',
    `${name}: an event of this name with other content was taken before and stays; send a correction under a new name`,
  );
