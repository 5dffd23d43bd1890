import type { Caller, Refusal } from '../../contracts/handler.ts';
import { SIGNING_SCHEME } from '../../contracts/signing.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Table } from '../../ports/table.ts';
import { idOfDigest, type KeptKey } from './access-key.ts';
import { livingKeys } from './living-keys.ts';
import type { RawBody } from './raw-body.ts';
import { readSigned, type Signed, signedMessage, staleness } from './signed-request.ts';

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
  readonly clock: Clock;
}

/** What a request shows of its sender, before anybody read its body. */
export interface Shown {
  readonly authorization: string | undefined;
  readonly body: RawBody;
  /** The key, where it came in the body. */
  readonly key?: string;
}

const NOBODY: Caller = { kind: 'nobody' };
const MOST_CHARACTERS = 500;

/**
 * Who sent this request: `Bearer <key>`, `Basic` with the key as user name, or a signature over the body.
 * Anything else, and any key that is unknown, revoked or expired, is nobody.
 */
export const authenticate = ({ table, keyring, clock }: Deps) => {
  const find = livingKeys({ table, clock });

  const byKey = async (key: string): Promise<Caller> => {
    const digest = keyring.secretDigest(key);
    const id = idOfDigest(digest);
    const kept = await find(id);
    return kept?.digest !== undefined && keyring.sameDigest(kept.digest, digest)
      ? callerBy(id, kept)
      : NOBODY;
  };

  // The table is asked last: a secret can be worked out for every id, so a forged signature costs no read,
  // and an unknown key looks like a wrong signature.
  const bySignature = async (signed: Signed, body: RawBody): Promise<Caller> => {
    const refusal = staleness(signed, clock());
    if (refusal !== undefined) return { kind: 'nobody', refusal };
    const expected = keyring.signature(signed.key, signedMessage(signed, body));
    if (!keyring.sameDigest(expected, signed.signature)) return REFUSED;
    const kept = await find(signed.key);
    return kept?.kind === 'signing' ? callerBy(signed.key, kept) : REFUSED;
  };

  return async ({ authorization = '', body, key: shown = '' }: Shown): Promise<Caller> => {
    if (Math.max(authorization.length, shown.length) > MOST_CHARACTERS) return NOBODY;
    if (authorization === '' && shown !== '') return byKey(shown);
    const [, scheme = '', credentials = ''] = /^(\S+)(?:\s+(.+))?$/.exec(authorization.trim()) ?? [];
    if (scheme.toLowerCase() === SIGNING_SCHEME.toLowerCase()) {
      const signed = readSigned(credentials);
      return 'code' in signed ? { kind: 'nobody', refusal: signed } : bySignature(signed, body);
    }
    const key = keyIn(scheme.toLowerCase(), credentials);
    return key === undefined ? NOBODY : byKey(key);
  };
};

const signatureRefused: Refusal = {
  code: 'signature-refused',
  detail:
    'No living key with this id made this signature of this time, id and body. Sign the bytes of the body as they are sent.',
};
const REFUSED: Caller = { kind: 'nobody', refusal: signatureRefused };

const callerBy = (key: string, { grant }: KeptKey): Caller => ({ ...grant, key });

function keyIn(scheme: string, credentials: string): string | undefined {
  if (credentials === '' || /\s/.test(credentials)) return undefined;
  if (scheme === 'bearer') return credentials;
  return scheme === 'basic' ? userNameIn(credentials) : undefined;
}

function userNameIn(credentials: string): string | undefined {
  try {
    return atob(credentials).split(':', 1)[0] || undefined;
  } catch {
    return undefined;
  }
}
