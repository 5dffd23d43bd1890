import type { EventResult } from '../../contracts/event-schemas.ts';
import type { StageSettings } from '../../contracts/stage.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import type { Quiet } from '../../domain/events/quiet.ts';
import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Pause } from '../../ports/pause.ts';
import {
  type Attempt,
  attempt,
  type JudgeDeps,
  type Judged,
  judgeEvents,
  refusalOf,
  toResult,
} from './judge-events.ts';
import { withinScope } from './key-scope.ts';
import { packed } from './packed.ts';
import { quarantine } from './quarantine.ts';
import { eventReader } from './read-incoming.ts';
import { sealPersonal } from './seal-personal.ts';
import { signalRoom } from './signal-room.ts';

export interface IngestDeps extends JudgeDeps {
  readonly bus: Bus;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly stage: StageSettings;
  readonly pause?: Pause;
}

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
    const attempts = readAll(read, items, source, receivedAt, { quiet, stores });
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

/**
 * What `acceptEvents` would answer where each batch had been taken: nothing is published, kept or sealed. `recent`
 * learns the names all the same, so that a second telling is foretold as one.
 */
export const foretellEvents = (deps: JudgeDeps & Pick<IngestDeps, 'keyring' | 'clock' | 'stage'>) => {
  const read = eventReader(deps);
  const judge = judgeEvents(deps);
  return async (
    items: readonly unknown[],
    source: string,
    telling: Omit<Telling, 'asTold'> = {},
  ): Promise<EventResult[]> => {
    const judged = await judge(readAll(read, items, source, deps.clock(), telling));
    for (const one of judged)
      if (one.status === 'fresh')
        for (const { event } of one.reads) deps.recent.remember(event.keys, event.digest);
    return judged.map((one, index) => toResult(one, items[index]));
  };
};

const readAll = (
  read: ReturnType<typeof eventReader>,
  items: readonly unknown[],
  source: string,
  receivedAt: string,
  { quiet, stores }: Telling,
): readonly Attempt[] =>
  items.map((item) => attempt(() => withinScope(read(item, source, receivedAt, { quiet }), stores)));

/** Publishes what was read and is new, wherever it was kept until now. */
export const takeEvents = (deps: IngestDeps) => {
  const judge = judgeEvents(deps);
  return async (
    attempts: readonly Attempt[],
    hasRoom?: (event: AcceptedEvent) => boolean,
  ): Promise<readonly Judged[]> => {
    const judged = await judge(attempts, hasRoom);
    const fresh = await Promise.all(
      judged.flatMap((one) =>
        one.status === 'fresh' ? one.reads.map((read) => sealPersonal(deps.keyring, read.event, read)) : [],
      ),
    );
    if (fresh.length > 0) await deps.bus.publish(packed(fresh));
    for (const event of fresh) deps.recent.remember(event.keys, event.digest);
    return judged;
  };
};
