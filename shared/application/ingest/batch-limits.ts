import { limits } from '../../contracts/event-schemas.ts';
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
