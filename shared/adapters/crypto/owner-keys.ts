import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import QuickLRU from 'quick-lru';
import * as z from 'zod';
import { keys } from '../../contracts/keys.ts';
import { Defect, TooManyConflicts } from '../../domain/kernel/errors.ts';
import type { Table } from '../../ports/table.ts';
import { decrypt, encrypt } from './sealing.ts';

export interface OwnerKey {
  /** Random; tells a destroyed key from the one that took its place. */
  readonly id: string;
  readonly secret: KeyObject;
}

export interface OwnerKeys {
  find(owner: string): Promise<OwnerKey | undefined>;
  findOrCreate(owner: string): Promise<OwnerKey>;
  destroy(owner: string): Promise<void>;
}

const Wrapped = z.object({ id: z.string(), wrapped: z.string() });

const CACHED_KEYS = 10_000;
/** How long another process may go on using a key that was destroyed here. */
const CACHE_MILLIS = 60_000;
const ATTEMPTS = 5;

/** A random key per owner, kept in the vault wrapped by `wrapping`. Without its item an owner's data is noise. */
export function ownerKeys(table: Table, wrapping: KeyObject): OwnerKeys {
  const cache = new QuickLRU<string, OwnerKey>({ maxSize: CACHED_KEYS, maxAge: CACHE_MILLIS });
  let destroyed = 0;

  const find = async (owner: string): Promise<OwnerKey | undefined> => {
    const cached = cache.get(owner);
    if (cached !== undefined) return cached;
    const before = destroyed;
    const item = await table.get(keys.ownerKey(owner));
    if (item === undefined) return undefined;
    const { id, wrapped } = Wrapped.parse(item.value);
    const bytes = decrypt(wrapping, owner, Buffer.from(wrapped, 'base64url'));
    if (bytes === undefined) {
      throw new Defect(
        'wrong-master',
        `The key of '${owner}' was made under another master secret; start with that one`,
      );
    }
    const key = { id, secret: createSecretKey(bytes) };
    // A key that was destroyed while we read it must not come back through the cache.
    if (destroyed === before) cache.set(owner, key);
    return key;
  };

  const create = async (owner: string): Promise<void> => {
    const wrapped = encrypt(wrapping, owner, randomBytes(32)).toString('base64url');
    const id = randomBytes(6).toString('base64url');
    // Of racing creators the first wins, and all read its key.
    await table.commit([{ put: keys.ownerKey(owner), value: { id, wrapped }, if: 'absent' }]);
  };

  return {
    find,
    async findOrCreate(owner) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const key = await find(owner);
        if (key !== undefined) return key;
        await create(owner);
      }
      throw new TooManyConflicts(`The key of '${owner}'`);
    },
    async destroy(owner) {
      await table.commit([{ remove: keys.ownerKey(owner) }]);
      destroyed += 1;
      cache.delete(owner);
    },
  };
}
