import type { Caller } from '../../contracts/handler.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';
import type { ReadEvent } from './read-incoming.ts';

/** The stores that a caller's key is bound to; undefined where it may speak for all. */
export const storesOf = (caller: Caller): readonly string[] | undefined =>
  caller.kind === 'source' ? caller.stores : undefined;

/** Refuses an event of a store that the key is not for, so that the key of one till cannot spoil another's books. */
export function withinScope(
  reads: readonly ReadEvent[],
  stores: readonly string[] | undefined,
): readonly ReadEvent[] {
  for (const { event } of reads) {
    const { store } = event.data as { readonly store?: unknown };
    if (stores === undefined || store === undefined || stores.some((own) => own === store)) continue;
    throw new InvalidInput(
      'store-not-allowed',
      'data.store',
      `data.store: this key sends for ${stores.join(', ')} only; use a key of '${String(store)}'`,
    );
  }
  return reads;
}
