import type { AcceptedEvent } from '../../domain/events/event.ts';
import { isHistory, type Quiet, type Release } from '../../domain/events/quiet.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';
import { isSignal } from '../customers/commit-room.ts';
import { type IngestDeps, takeEvents } from './accept-events.ts';
import { type Attempt, attempt, type Judged, refusalOf } from './judge-events.ts';
import { withinScope } from './key-scope.ts';
import { arrivalOf, dialectOf } from './quarantine.ts';
import { type Change, changeQuarantine } from './quarantine-changes.ts';
import type { KeptWhole } from './quarantine-store.ts';
import { eventReader, type ReadEvent } from './read-incoming.ts';
import { type Retranslate, type RetranslateDeps, retranslators } from './retranslate.ts';
import { reviseAccepted } from './revise-accepted.ts';

export type Mended = Readonly<Record<string, unknown>>;

export type RetryDeps = IngestDeps & RetranslateDeps;

/** What a further attempt came to. What was taken, or known already, has left the quarantine. */
export type Outcome =
  | { readonly status: 'taken' }
  | { readonly status: 'duplicate' }
  /** It is understood, and says nothing that is kept. */
  | { readonly status: 'nothing' }
  | { readonly status: 'refused'; readonly cause: string; readonly path: string; readonly detail: string };

/**
 * Tries again what was refused, as it was or as somebody mended it. It counts as received when it came first, so
 * that clocks are corrected and limits of time hold as they did then. What is refused for another cause moves
 * there, unless it was mended: then it stays as it is. Published before it is removed, so that nothing is lost in between;
 * whoever tries it once more finds a duplicate.
 */
export const retryKept = (deps: RetryDeps) => {
  const take = takeEvents(deps);
  const readAgain = readerOfKept(deps);
  return async (kept: readonly KeptWhole[], mended?: Mended): Promise<readonly Outcome[]> => {
    const release: Release = { at: deps.clock(), from: 'quarantine' };
    const attempts = await Promise.all(
      kept.map(async (one) => signalsKeptBack(await readAgain(one, release, mended))),
    );
    const judged = await take(attempts.flat());
    let before = 0;
    const outcomes = attempts.map((own) => {
      const outcome = outcomeOf(judged.slice(before, before + own.length));
      before += own.length;
      return outcome;
    });
    const changes = kept.map((one, index) => changeFor(deps, one, outcomes[index], mended === undefined));
    await changeQuarantine(deps, (await Promise.all(changes)).flat());
    return outcomes;
  };
};

/** While anything of an item is refused its signals wait: nothing would tell a further telling of them. */
const signalsKeptBack = (own: readonly Attempt[]): readonly Attempt[] =>
  own.some((one) => one instanceof InvalidInput)
    ? own.filter((one) => one instanceof InvalidInput || !one.every(({ event }) => isSignal(event)))
    : own;

/** Everything that an item says, read once more. */
function readerOfKept(deps: RetryDeps) {
  const read = eventReader(deps);
  const dialects = retranslators(deps);
  const translatorOf = (item: unknown): Retranslate | undefined => {
    const dialect = dialectOf(item) ?? '';
    return Object.hasOwn(dialects, dialect) ? dialects[dialect] : undefined;
  };
  return async (kept: KeptWhole, released: Release, mended?: Mended): Promise<readonly Attempt[]> => {
    const item = mended ?? kept.item;
    const { source, at: receivedAt, sentAt, quiet } = kept;
    // Whoever mends may speak for every store; a key that was bound to one still may not.
    const stores = mended === undefined ? kept.stores : undefined;
    const named = namingOf(kept, mended);
    if (kept.isAccepted) return [attempt(() => named(acceptedAgain(deps, kept, released, mended)))];
    if (item === undefined) return [onlyInPart(kept)];
    try {
      const events = (await translatorOf(item)?.(item as Mended, { receivedAt, sentAt, source })) ?? [item];
      return events.map((event) =>
        attempt(() => named(withinScope(read(event, source, receivedAt, { quiet, released }), stores))),
      );
    } catch (error) {
      if (error instanceof InvalidInput) return [error];
      throw error;
    }
  };
}

/**
 * What becomes of one thing that was mended has one name more, so that two people who mend it in two ways do not make it
 * count twice: the fold keeps the first, and the second waits as a conflict. Not where it was translated, since the
 * second event of that may be another one tomorrow; nor where it was cut, since two such things may have one id.
 */
const namingOf =
  ({ id, item }: KeptWhole, mended: Mended | undefined) =>
  (reads: readonly ReadEvent[]): readonly ReadEvent[] =>
    mended === undefined || item === undefined || dialectOf(item) !== undefined
      ? reads
      : reads.map((one, index) => {
          const [first, ...others] = one.event.keys;
          return { ...one, event: { ...one.event, keys: [first, ...others, `mended/${id}/${index}`] } };
        });

function acceptedAgain(
  deps: IngestDeps,
  kept: KeptWhole,
  released: Release,
  mended: Mended | undefined,
): readonly ReadEvent[] {
  const told = kept.item as AcceptedEvent | undefined;
  if (told === undefined) throw onlyInPart(kept);
  const event = mended === undefined ? told : reviseAccepted(deps.keyring, told, mended);
  const quiet: Quiet | undefined =
    event.quiet ?? (isHistory(event.occurredAt, released.at) ? 'backfill' : undefined);
  const again = { ...event, released, ...(quiet === undefined ? {} : { quiet }) };
  return [{ event: again, personal: {}, warnings: [] }];
}

/** Stays where it is: its own cause is the best that can be said. */
const onlyInPart = ({ cause, path }: KeptWhole): InvalidInput =>
  new InvalidInput(
    cause,
    path,
    'It was too long or too deep to be kept whole, or cannot be opened any more; send it whole as event',
  );

function outcomeOf(judged: readonly Judged[]): Outcome {
  const rejected = judged.find((one) => one.status === 'rejected');
  if (rejected !== undefined) return { status: 'refused', ...refusalOf(rejected.error) };
  if (judged.length === 0) return { status: 'nothing' };
  return judged.every(({ status }) => status === 'duplicate') ? { status: 'duplicate' } : { status: 'taken' };
}

async function changeFor(
  { keyring }: IngestDeps,
  kept: KeptWhole,
  outcome: Outcome | undefined,
  mayMove: boolean,
): Promise<readonly Change[]> {
  const { id, cause, at, text, parts } = kept;
  if (outcome === undefined) return [];
  if (outcome.status !== 'refused') return [{ id, remove: { cause, parts } }];
  if (!mayMove || outcome.cause === cause) return [];
  const { source, sentAt, quiet, stores, isAccepted } = kept;
  const put = await arrivalOf(
    keyring,
    {
      ...outcome,
      source,
      sentAt,
      quiet,
      stores,
      item: kept.item,
      ...(isAccepted ? { accepted: true } : {}),
    },
    { at, kept: text, isWhole: kept.item !== undefined },
  );
  return [{ id, remove: { cause, parts }, put }];
}
