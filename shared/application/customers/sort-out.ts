import type { AcceptedEvent } from '../../domain/events/event.ts';
import { recognise } from '../ingest/conflict.ts';
import { isFact } from './commit-room.ts';

/** Events by what is to be done with them. */
export interface Sorted {
  readonly fresh: readonly AcceptedEvent[];
  /** Told before with the same content: nothing to do. */
  readonly duplicates: readonly AcceptedEvent[];
  /** A name that another event has: the first stays, this one waits for a person. */
  readonly conflicts: readonly Conflicting[];
  /** Sales whose returns, or further parts, came before them: they are new, and settled with those. */
  readonly awaited: readonly AcceptedEvent[];
}

export interface Conflicting {
  readonly event: AcceptedEvent;
  /** The name in question. */
  readonly name: string;
}

/**
 * Compares events with the digests under which their names are known, and with each other: the first
 * of two equals is fresh. Signals have no names; their aggregate recognises repeats itself.
 */
export function sortOut(
  events: readonly AcceptedEvent[],
  known: ReadonlyMap<string, string>,
  awaited: ReadonlySet<string>,
): Sorted {
  const digests = new Map(known);
  const sorted = {
    fresh: [] as AcceptedEvent[],
    duplicates: [] as AcceptedEvent[],
    conflicts: [] as Conflicting[],
    awaited: [] as AcceptedEvent[],
  };
  for (const event of events) {
    if (!isFact(event)) {
      sorted.fresh.push(event);
      continue;
    }
    const told = recognise(event, digests);
    if (told.status === 'conflict') sorted.conflicts.push({ event, name: told.name });
    else if (told.status === 'duplicate') sorted.duplicates.push(event);
    else if (event.keys.some((name) => awaited.has(name))) sorted.awaited.push(event);
    else sorted.fresh.push(event);
  }
  return sorted;
}
