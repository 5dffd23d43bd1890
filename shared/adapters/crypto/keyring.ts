import {
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { Defect, NotFound } from '../../domain/kernel/errors.ts';
import type { ProfileId } from '../../domain/kernel/ids.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Table } from '../../ports/table.ts';
import { base32 } from './base32.ts';
import { ownerKeys } from './owner-keys.ts';
import { decrypt, encrypt } from './sealing.ts';

interface Needs {
  /** 32 bytes; whoever changes them loses every id and every sealed text. */
  readonly master: Uint8Array;
  /** Keeps the wrapped keys, one an owner. */
  readonly table: Table;
}

const MASTER_BYTES = 32;
/** 128 bits: two of 10^12 identifiers share an id with a chance of 10^-15. */
const ID_BYTES = 16;
const SECRET_BYTES = 24;

/** The Keyring port by node:crypto. A sealed text is the id of its key, a dot, and nonce, ciphertext and tag. */
export function keyring({ master, table }: Needs): Keyring {
  if (master.length !== MASTER_BYTES) {
    throw new Defect(
      'invalid-master',
      `The master secret has ${master.length} bytes instead of ${MASTER_BYTES}`,
    );
  }
  // RFC 5869: a key of its own for each use, so that no use can be played against another.
  // A KeyObject is read by each use six times as fast as its bytes would be.
  const derived = (use: string): KeyObject =>
    createSecretKey(new Uint8Array(hkdfSync('sha256', master, '', `clientele ${use}`, 32)));
  const [identifiers, secrets, signing, wrapping] = [
    derived('identifiers'),
    derived('secrets'),
    derived('signing keys'),
    derived('owner keys'),
  ];
  const owners = ownerKeys(table, wrapping);
  const hmac = (key: KeyObject | string, message: string | Uint8Array) =>
    createHmac('sha256', key).update(message).digest();
  // In hex, and used as the text it is: no till has to decode it, and no command line takes it for an option.
  const signingSecret = (keyId: string) => hmac(signing, keyId).toString('hex');

  return {
    profileId: (kind, value) =>
      `${kind}_${base32(hmac(identifiers, `${kind}:${value}`).subarray(0, ID_BYTES))}` as ProfileId,

    secretDigest: (secret) => hmac(secrets, secret).toString('hex'),

    newSecret: () => randomBytes(SECRET_BYTES).toString('base64url'),

    signingSecret,

    signature: (keyId, message) => hmac(signingSecret(keyId), message).toString('hex'),

    hmac: (secret, text, encoding) => hmac(secret, text).toString(encoding),

    sameDigest(a, b) {
      const [left, right] = [Buffer.from(a), Buffer.from(b)];
      return left.length === right.length && timingSafeEqual(left, right);
    },

    async seal(owner, text) {
      const { id, secret } = await owners.findOrCreate(owner);
      return `${id}.${encrypt(secret, owner, Buffer.from(text)).toString('base64url')}`;
    },

    async open(owner, sealed) {
      const [id = '', content = ''] = sealed.split('.');
      const key = await owners.find(owner);
      if (key?.id !== id) throw new NotFound(`key of '${owner}' named`, id);
      const plain = decrypt(key.secret, owner, Buffer.from(content, 'base64url'));
      if (plain === undefined) {
        throw new Defect('cannot-open', `What was sealed for '${owner}' was changed since`);
      }
      return plain.toString();
    },

    forget: owners.destroy,
  };
}
