import { catalogue } from '../../domain/events/catalogue.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';

/** Events by what is to be done with them. */
export interface Sorted {
  readonly fresh: readonly AcceptedEvent[];
  /** Told before with the same content: nothing to do. */
  readonly duplicates: readonly AcceptedEvent[];
  /** A name that another event has: the first stays, this one waits for a person. */
  readonly conflicts: readonly AcceptedEvent[];
}

/**
 * Compares events with the digests under which their names are known, and with each other: the first
 * of two equals is fresh. Signals have no names; their aggregate recognises repeats itself.
 */
export function sortOut(events: readonly AcceptedEvent[], known: ReadonlyMap<string, string>): Sorted {
  const digests = new Map(known);
  const sorted = { fresh: [] as AcceptedEvent[], duplicates: [] as AcceptedEvent[], conflicts: [] as AcceptedEvent[] };
  for (const event of events) {
    if (catalogue[event.type].class === 'signal') {
      sorted.fresh.push(event);
      continue;
    }
    const told = event.keys.flatMap((name) => digests.get(name) ?? []);
    if (told.length === 0) {
      for (const name of event.keys) digests.set(name, event.digest);
      sorted.fresh.push(event);
    } else if (told.every((digest) => digest === event.digest)) sorted.duplicates.push(event);
    else sorted.conflicts.push(event);
  }
  return sorted;
}
