import { keys } from '../../contracts/keys.ts';
import type { Quiet } from '../../domain/events/quiet.ts';
import { isDeeperThan } from '../../domain/kernel/depth.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import { MOST_CHARACTERS, QUARANTINE_OWNER, sealText } from './kept-text.ts';
import { type Arrival, type Change, changeQuarantine } from './quarantine-changes.ts';
import { MOST_LEVELS } from './read-incoming.ts';

export interface Refused {
  /** The code it was refused with. */
  readonly cause: string;
  readonly path: string;
  /** Why, in words; they may repeat what was sent, so they are sealed like it. */
  readonly detail?: string;
  readonly source: string;
  readonly item: unknown;
  /** Said of the whole batch: when it was sent, by the clock of its sender. */
  readonly sentAt?: string | undefined;
  readonly quiet?: Quiet | undefined;
  /** The stores that the sender's key was bound to. */
  readonly stores?: readonly string[] | undefined;
  /** The door had taken it; its item is the accepted event. */
  readonly accepted?: true;
}

/** Of what is too long even for its parts, to see what it was. */
const CUT_CHARACTERS = 64_000;
/** A name of a type longer than that is none. */
const MOST_TYPE_CHARACTERS = 64;

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
  readonly pause?: Pause;
}

/**
 * Keeps what could not be taken, sealed, since nobody knows what is in it. The same thing refused
 * again for the same cause is kept and counted once.
 */
export async function quarantine(deps: Deps, refused: readonly Refused[], at: string): Promise<void> {
  const { table, keyring } = deps;
  if (refused.length === 0) return;
  const all = new Map(
    refused.map((one) => {
      const text = isDeeperThan(MOST_LEVELS, one.item) ? '' : JSON.stringify(one.item);
      const kept = text.length > MOST_CHARACTERS ? text.slice(0, CUT_CHARACTERS) : text;
      const key = keys.quarantined(one.cause, keyring.secretDigest(kept));
      return [`${key.pk} ${key.sk}`, { key, one, kept, isWhole: kept !== '' && kept === text }];
    }),
  );
  const found = [...all.values()];
  const known = await table.getMany(found.map(({ key }) => key));
  const changes = await Promise.all(
    found
      .filter((_, index) => known[index] === undefined)
      .map(async ({ key, one, kept, isWhole }): Promise<Change> => {
        return { id: key.sk, put: await arrivalOf(keyring, one, { at, kept, isWhole }) };
      }),
  );
  await changeQuarantine(deps, changes);
}

interface Text {
  readonly at: string;
  readonly kept: string;
  readonly isWhole: boolean;
}

/** What is to be put under its cause. */
export async function arrivalOf(
  keyring: Keyring,
  { cause, path, source, detail, item, sentAt, quiet, stores, accepted }: Refused,
  { at, kept, isWhole }: Text,
): Promise<Arrival> {
  const { sealed, parts } = await sealText(keyring, kept);
  // A list shows the type, and does not open the parts for it.
  const beside = JSON.stringify({ detail, sentAt, ...(parts.length === 0 ? {} : { type: typeOf(item) }) });
  const value = {
    at,
    path,
    source,
    ...(sealed === undefined ? { parts: parts.length } : { sealed }),
    beside: await keyring.seal(QUARANTINE_OWNER, beside),
    ...(quiet === undefined ? {} : { quiet }),
    ...(stores === undefined ? {} : { stores }),
    ...(accepted === undefined ? {} : { accepted }),
    ...(isWhole ? {} : { cut: true }),
  };
  return { cause, value, parts };
}

/** What an item says it is: the dialect it came in, else the type of the event. */
export function typeOf(item: unknown): string | undefined {
  const type = dialectOf(item) ?? (isObject(item) && 'type' in item ? item.type : undefined);
  return typeof type === 'string' && type.length <= MOST_TYPE_CHARACTERS ? type : undefined;
}

/** The dialect that something was kept under; undefined for events of our own. */
export function dialectOf(item: unknown): string | undefined {
  const dialect = isObject(item) && 'dialect' in item ? item.dialect : undefined;
  return typeof dialect === 'string' ? dialect : undefined;
}

const isObject = (item: unknown): item is object => typeof item === 'object' && item !== null;
