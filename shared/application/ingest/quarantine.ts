import { keys } from '../../contracts/keys.ts';
import type { Quiet } from '../../domain/events/quiet.ts';
import { isDeeperThan } from '../../domain/kernel/depth.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table, Value } from '../../ports/table.ts';
import { type Change, changeQuarantine } from './quarantine-changes.ts';
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

export const QUARANTINE_OWNER = 'quarantine';
/** Of three bytes at most, and a third more when sealed: that stays below the 400 KB of a DynamoDB item. */
const MOST_CHARACTERS = 64_000;

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
      const kept = text.slice(0, MOST_CHARACTERS);
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
        const value = await keptValue(keyring, one, { at, kept, isWhole });
        return { id: key.sk, put: { cause: one.cause, value } };
      }),
  );
  await changeQuarantine(deps, changes);
}

interface Text {
  readonly at: string;
  readonly kept: string;
  readonly isWhole: boolean;
}

export async function keptValue(
  keyring: Keyring,
  { path, source, detail, sentAt, quiet, stores, accepted }: Refused,
  { at, kept, isWhole }: Text,
): Promise<Value> {
  const beside = JSON.stringify({ detail, sentAt });
  return {
    at,
    path,
    source,
    sealed: await keyring.seal(QUARANTINE_OWNER, kept),
    beside: await keyring.seal(QUARANTINE_OWNER, beside),
    ...(quiet === undefined ? {} : { quiet }),
    ...(stores === undefined ? {} : { stores }),
    ...(accepted === undefined ? {} : { accepted }),
    ...(isWhole ? {} : { cut: true }),
  };
}
