import { keys } from '../../contracts/keys.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { isLiving, type KeptKey, keptIn } from './access-key.ts';

/** How long a key that was revoked elsewhere may still be let in here. */
const REMEMBERED_MS = 60_000;

interface Remembered {
  readonly key: KeptKey;
  readonly readAt: number;
}

interface Needs {
  readonly table: Table;
  readonly clock: Clock;
  readonly capacity?: number;
}

/**
 * Finds the key of an id while it lives. One that was found is remembered for a minute, since otherwise every
 * request would read the table; one that was not is looked for each time, so a new key works at once.
 */
export function livingKeys({ table, clock, capacity = 1_000 }: Needs) {
  const remembered = new Map<string, Remembered>();

  const read = async (id: string, now: string): Promise<KeptKey | undefined> => {
    remembered.delete(id);
    const item = await table.get(keys.accessKey(id));
    if (item === undefined) return undefined;
    const key = keptIn(item);
    if (!isLiving(key, now)) return undefined;
    remembered.set(id, { key, readAt: Date.parse(now) });
    for (const oldest of remembered.keys()) {
      if (remembered.size <= capacity) break;
      remembered.delete(oldest);
    }
    return key;
  };

  return async (id: string): Promise<KeptKey | undefined> => {
    const now = clock();
    const known = remembered.get(id);
    const age = known === undefined ? -1 : Date.parse(now) - known.readAt;
    // A clock that was set back must not keep a key for longer.
    const isFresh = age >= 0 && age < REMEMBERED_MS;
    if (known === undefined || !isFresh) return read(id, now);
    return isLiving(known.key, now) ? known.key : undefined;
  };
}
