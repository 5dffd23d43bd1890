import { keys } from '../../contracts/keys.ts';
import { isDeeperThan } from '../../domain/kernel/depth.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Table } from '../../ports/table.ts';
import { MOST_LEVELS } from './read-incoming.ts';

export interface Refused {
  /** The code it was refused with. */
  readonly cause: string;
  readonly path: string;
  readonly source: string;
  readonly item: unknown;
}

const OWNER = 'quarantine';
/** Of three bytes at most, and a third more when sealed: that stays below the 400 KB of a DynamoDB item. */
const MOST_CHARACTERS = 64_000;

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
}

/**
 * Keeps what could not be taken, sealed, since nobody knows what is in it. The same thing refused
 * again for the same cause is kept and counted once.
 */
export async function quarantine(
  { table, keyring }: Deps,
  refused: readonly Refused[],
  at: string,
): Promise<void> {
  for (const { cause, path, source, item } of refused) {
    const text = isDeeperThan(MOST_LEVELS, item) ? '' : JSON.stringify(item).slice(0, MOST_CHARACTERS);
    const key = keys.quarantined(cause, keyring.secretDigest(text));
    if ((await table.get(key)) !== undefined) continue;
    const sealed = await keyring.seal(OWNER, text);
    const kept = await table.commit([{ put: key, value: { at, path, source, sealed }, if: 'absent' }]);
    if (kept.ok) await table.add(keys.quarantineCounts(), { [cause]: 1 });
  }
}
