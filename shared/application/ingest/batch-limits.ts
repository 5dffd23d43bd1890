import { limits } from '../../contracts/event-schemas.ts';
import { objectIn } from '../../domain/dialects/told.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';
import { utf8Length } from '../../domain/kernel/utf8.ts';

export function refuseLargeBody(body: string): void {
  const bytes = utf8Length(body);
  if (bytes > limits.batchBytes) throw tooLarge(`${bytes} bytes; at most ${limits.batchBytes} fit`);
}

export function refuseManyItems(items: readonly unknown[]): void {
  if (items.length > limits.items) throw tooLarge(`${items.length} events; at most ${limits.items} fit`);
}

const tooLarge = (what: string): InvalidInput =>
  new InvalidInput('batch-too-large', '', `The request has ${what}; split it`);

/** Throws InvalidInput `event-too-large`; of what is in an event, receipts alone can be told in parts. */
export function refuseLargeEvent(item: unknown): void {
  const length = utf8Length(JSON.stringify(item));
  if (length <= limits.eventBytes) return;
  const way =
    objectIn(objectIn(item)['data'])['receipt'] === undefined
      ? 'leave out what is not needed'
      : 'send a long receipt in parts: the same receipt number with part 1, 2, 3';
  throw new InvalidInput(
    'event-too-large',
    '',
    `The event has ${length} bytes, at most ${limits.eventBytes} fit; ${way}`,
  );
}
