import type { AcceptedEvent } from '../../domain/events/event.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';

/** Two events claim one name: the first stays, this one is refused. */
export const conflictOf = ({ keys }: AcceptedEvent): InvalidInput =>
  new InvalidInput(
    'conflict',
    keys.length > 1 ? 'id' : 'data.receipt',
    `${keys.join(' and ')}: an event of this name with other content was taken before and stays; send a correction under a new name`,
  );
