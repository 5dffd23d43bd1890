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

/** By how a name begins: the field that gives it, and how to send what is to be said. */
const waysOut: Readonly<Record<string, readonly [path: string, wayOut: string]>> = {
  event: ['id', 'an id is never given twice'],
  receipt: [
    'data.receipt',
    'put a sale right with receipt.corrected, void a return and tell it anew, or give another receipt its own number',
  ],
  returned: ['data.receipt', 'give another exchange its own number'],
  corrected: ['data.revision', 'send it with a higher revision'],
  void: ['data.receipt', 'the receipt is voided, nothing is left to send'],
  close: [
    'data.day',
    'send a further close of the day as the next shift, a corrected one with a higher revision',
  ],
  complaint: ['data.ticket', 'give another complaint its own ticket'],
  mended: ['', 'it was mended in another way before, which counts; discard this one'],
  coupon: ['data.coupon', 'a coupon counts once for a sale'],
};

/** Two events claim one name: the first stays, this one is refused. */
export function conflictOf(name: string): InvalidInput {
  const [path, wayOut] = waysOut[name.slice(0, name.indexOf('/'))] ?? [
    'data',
    'send it under a name of its own',
  ];
  return new InvalidInput(
    'conflict',
    path,
    `${path === '' ? '' : `${path}: `}an event with other content has the name ${name} and stays; ${wayOut}`,
  );
}
