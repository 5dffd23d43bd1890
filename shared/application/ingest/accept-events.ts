import type { EventResult, Warning } from '../../contracts/event-schemas.ts';
import { keys } from '../../contracts/keys.ts';
import type { StageSettings } from '../../contracts/stage.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import type { Quiet } from '../../domain/events/quiet.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';
import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import { isFact } from '../customers/commit-room.ts';
import { conflictOf, contestedName, recognise } from './conflict.ts';
import { withinScope } from './key-scope.ts';
import { packed } from './packed.ts';
import { quarantine } from './quarantine.ts';
import { eventReader, type ReadEvent } from './read-incoming.ts';
import type { RecentKeys } from './recent-keys.ts';
import { sealPersonal } from './seal-personal.ts';
import { signalRoom } from './signal-room.ts';

export interface IngestDeps {
  readonly bus: Bus;
  readonly table: Table;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly stage: StageSettings;
  /** Names of events that were published lately and may not be folded yet. */
  readonly recent: RecentKeys;
  readonly pause?: Pause;
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

/** What is known of the items beside themselves. */
export interface Telling {
  /** What each item was made from, where it was translated: that waits in quarantine, to be translated anew. */
  readonly asTold?: readonly unknown[];
  /** The stores that the sender's key is bound to; left out, all. */
  readonly stores?: readonly string[] | undefined;
  /** They are history, or told again. */
  readonly quiet?: Quiet | undefined;
}

/**
 * Takes events as they come from outside and answers for each. What is valid and new is published
 * before the answer; what is rejected waits in quarantine. Throws StoreUnavailable when nothing could
 * be taken: then the sender may send everything again.
 */
export const acceptEvents = (deps: IngestDeps) => {
  const read = eventReader(deps);
  const hasRoom = signalRoom(deps.stage.signalsPerHour);
  const take = takeEvents(deps);
  return async (
    items: readonly unknown[],
    source: string,
    { asTold = items, quiet, stores }: Telling = {},
  ): Promise<EventResult[]> => {
    const receivedAt = deps.clock();
    const attempts = items.map((item) =>
      attempt(() => withinScope(read(item, source, receivedAt, { quiet }), stores)),
    );
    const judged = await take(attempts, (event) => hasRoom(event, receivedAt));
    await quarantine(
      deps,
      judged.flatMap((one, index) =>
        one.status === 'rejected'
          ? [{ ...refusalOf(one.error), source, quiet, stores, item: asTold[index] }]
          : [],
      ),
      receivedAt,
    );
    return judged.map((one, index) => toResult(one, items[index]));
  };
};

/** Publishes what was read and is new, wherever it was kept until now. */
export const takeEvents =
  (deps: IngestDeps) =>
  async (
    attempts: readonly Attempt[],
    hasRoom: (event: AcceptedEvent) => boolean = () => true,
  ): Promise<readonly Judged[]> => {
    const known = await knownDigests(deps, attempts);
    const judged = attempts.map((outcome): Judged => {
      const one = judge(outcome, known);
      if (one.status !== 'fresh' || one.reads.every(({ event }) => hasRoom(event))) return one;
      return { status: 'dropped', id: one.id };
    });
    const fresh = await Promise.all(
      judged.flatMap((one) =>
        one.status === 'fresh' ? one.reads.map((read) => sealPersonal(deps.keyring, read.event, read)) : [],
      ),
    );
    if (fresh.length > 0) await deps.bus.publish(packed(fresh));
    for (const event of fresh) deps.recent.remember(event.keys, event.digest);
    return judged;
  };

export const refusalOf = ({ code, path, message }: InvalidInput) => ({ cause: code, path, detail: message });

export const attempt = (read: () => readonly ReadEvent[]): Attempt => {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
};

/**
 * Digests of what is known under the names of these events, folded or published a moment ago. Signals leave no
 * name behind; and the fold looks again, so the table may lag. What leaves the quarantine may be there because the fold
 * set it aside after it was published: of such facts only what was folded is known.
 */
async function knownDigests(deps: IngestDeps, attempts: readonly Attempt[]): Promise<Map<string, string>> {
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

const MOST_ID_CHARACTERS = 128;

const idOf = (item: unknown): { id?: string } => {
  const id = typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined;
  return typeof id === 'string' && id.length <= MOST_ID_CHARACTERS ? { id } : {};
};

function toResult(one: Judged, item: unknown): EventResult {
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
