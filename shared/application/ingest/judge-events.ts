import type { EventResult, Warning } from '../../contracts/event-schemas.ts';
import { keys } from '../../contracts/keys.ts';
import { type AcceptedEvent, MOST_ID } from '../../domain/events/event.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';
import type { Table } from '../../ports/table.ts';
import { isFact } from '../customers/commit-room.ts';
import { conflictOf, contestedName, recognise } from './conflict.ts';
import type { ReadEvent } from './read-incoming.ts';
import type { RecentKeys } from './recent-keys.ts';

export interface JudgeDeps {
  readonly table: Table;
  /** Names of events that were published lately and may not be folded yet. */
  readonly recent: RecentKeys;
}

/** What reading came to: the events that an item is made of, or why there are none. */
export type Attempt = readonly ReadEvent[] | InvalidInput;

export type Judged =
  | {
      readonly status: 'fresh';
      readonly id: string;
      readonly warnings: readonly Warning[];
      /** What it is made of, less what was published before. */
      readonly reads: readonly ReadEvent[];
    }
  | { readonly status: 'duplicate'; readonly id: string }
  /** More than its sender may say of one customer in an hour. */
  | { readonly status: 'dropped'; readonly id: string }
  | { readonly status: 'rejected'; readonly id?: string; readonly error: InvalidInput };

export const refusalOf = ({ code, path, message }: InvalidInput) => ({ cause: code, path, detail: message });

export const attempt = (read: () => readonly ReadEvent[]): Attempt => {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
};

/** Tells what is new, known, contradicted, or more than there is room for. */
export const judgeEvents =
  (deps: JudgeDeps) =>
  async (
    attempts: readonly Attempt[],
    hasRoom: (event: AcceptedEvent) => boolean = () => true,
  ): Promise<readonly Judged[]> => {
    const known = await knownDigests(deps, attempts);
    return attempts.map((outcome): Judged => {
      const one = judge(outcome, known);
      if (one.status !== 'fresh' || one.reads.every(({ event }) => hasRoom(event))) return one;
      return { status: 'dropped', id: one.id };
    });
  };

/**
 * Digests of what is known under the names of these events, folded or published a moment ago. Signals leave no
 * name behind; and the fold looks again, so the table may lag. What leaves the quarantine may be there because the fold
 * set it aside after it was published: of such facts only what was folded is known.
 */
async function knownDigests(deps: JudgeDeps, attempts: readonly Attempt[]): Promise<Map<string, string>> {
  const events = attempts.flatMap((one) =>
    one instanceof InvalidInput ? [] : one.map(({ event }) => event),
  );
  const namesOf = (some: readonly AcceptedEvent[]) => [...new Set(some.flatMap((event) => event.keys))];
  const known = new Map<string, string>();
  for (const name of namesOf(events.filter((event) => !isReleasedFact(event)))) {
    const digest = deps.recent.digestOf(name);
    if (digest !== undefined) known.set(name, digest);
  }
  const kept = namesOf(events.filter(isFact));
  const markers = await deps.table.getMany(kept.map(keys.marker), { mayLag: true });
  kept.forEach((name, index) => {
    const digest = markers[index]?.value['digest'];
    if (typeof digest === 'string') known.set(name, digest);
  });
  return known;
}

const isReleasedFact = (event: AcceptedEvent): boolean => event.released !== undefined && isFact(event);

/** An item that is made of several events is taken whole or not at all; one of them may be known already. */
function judge(outcome: Attempt, known: Map<string, string>): Judged {
  if (outcome instanceof InvalidInput) return { status: 'rejected', error: outcome };
  const [first] = outcome;
  const id = first?.event.id ?? '';
  const contested = outcome.flatMap(({ event }) => contestedName(event, known) ?? [])[0];
  if (contested !== undefined) return { status: 'rejected', error: conflictOf(contested), id };
  const reads = outcome.filter(({ event }) => recognise(event, known).status === 'fresh');
  if (reads.length === 0) return { status: 'duplicate', id };
  return { status: 'fresh', id, warnings: first?.warnings ?? [], reads };
}

const idOf = (item: unknown): { id?: string } => {
  const id = typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined;
  return typeof id === 'string' && id.length <= MOST_ID ? { id } : {};
};

export function toResult(one: Judged, item: unknown): EventResult {
  if (one.status === 'duplicate' || one.status === 'dropped') return one;
  if (one.status === 'rejected') {
    const { error, id } = one;
    return {
      status: 'rejected',
      ...(id === undefined ? idOf(item) : { id }),
      code: error.code,
      path: error.path,
      detail: error.message,
    };
  }
  const { id, warnings } = one;
  return { status: 'accepted', id, ...(warnings.length === 0 ? {} : { warnings: [...warnings] }) };
}
