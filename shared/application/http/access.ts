import type { Caller } from '../../contracts/handler.ts';
import { keys } from '../../contracts/keys.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Table } from '../../ports/table.ts';

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
}

const NOBODY: Caller = { kind: 'nobody' };
const MOST_CHARACTERS = 500;

/** What a key may do: send events as a source, or act as a person with roles. */
export type Grant = Exclude<Caller, { kind: 'nobody' }>;

/** Lets a key in. Only its keyed digest is kept; the key itself cannot be read back. */
export const grantAccess =
  ({ table, keyring }: Deps) =>
  async (key: string, grant: Grant): Promise<void> => {
    const digest = keyring.secretDigest(key);
    await table.commit([{ put: keys.accessKey(digest), value: { ...grant, digest } }]);
  };

/**
 * Who sent this Authorization header: `Bearer <key>`, or `Basic` with the key as user name. Anything
 * else, and any unknown key, is nobody.
 */
export const authenticate =
  ({ table, keyring }: Deps) =>
  async (authorization: string | undefined): Promise<Caller> => {
    const key = keyIn(authorization);
    if (key === undefined) return NOBODY;
    const digest = keyring.secretDigest(key);
    const item = await table.get(keys.accessKey(digest));
    if (item === undefined || !keyring.sameDigest(String(item.value['digest']), digest)) return NOBODY;
    // Written by grantAccess alone.
    const { digest: _kept, ...grant } = item.value as unknown as Grant & { readonly digest: string };
    return grant;
  };

function keyIn(authorization = ''): string | undefined {
  if (authorization.length > MOST_CHARACTERS) return undefined;
  const [, scheme, credentials] = /^(bearer|basic)\s+(\S+)$/i.exec(authorization.trim()) ?? [];
  if (scheme === undefined || credentials === undefined) return undefined;
  return scheme.toLowerCase() === 'bearer' ? credentials : userNameIn(credentials);
}

function userNameIn(credentials: string): string | undefined {
  try {
    return atob(credentials).split(':', 1)[0] || undefined;
  } catch {
    return undefined;
  }
}
