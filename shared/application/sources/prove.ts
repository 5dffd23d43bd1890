import type { Delivery, WebhookDialect } from '../../domain/dialects/webhook.ts';
import { NotFound } from '../../domain/kernel/errors.ts';
import { unreachable } from '../../domain/kernel/unreachable.ts';
import type { Proof } from '../../domain/sources/source.ts';
import type { Keyring } from '../../ports/keyring.ts';
import { dialectFor, type Shops } from './dialects.ts';
import { type KeptSource, ownerOf } from './source-store.ts';

/** What a call shows, and what it must show under a given secret. */
interface Claim {
  readonly shown: string;
  readonly expected: (secret: string) => string;
}

const MOST_SHOWN_CHARACTERS = 500;

/**
 * By which of its secrets a source sent this, looked at before the body is. Undefined for every stranger: a source that
 * nobody knows, that is switched off, that has no secrets, or a wrong signature.
 */
export const prover =
  ({ keyring, shops }: { readonly keyring: Keyring; readonly shops: Shops }) =>
  async (source: KeptSource | undefined, delivery: Delivery): Promise<string | undefined> => {
    const claim = source === undefined ? undefined : claimOf(source, delivery, keyring, shops);
    // The same work for a source that is not there, so that the time taken does not tell which are.
    if (source?.enabled !== true || claim === undefined || claim.shown.length > MOST_SHOWN_CHARACTERS) {
      keyring.hmac('nobody', delivery.body, 'hex');
      return undefined;
    }
    for (const { id, sealed } of source.secrets) {
      const secret = await keyring.open(ownerOf(source.id), sealed).catch(ifRemoved);
      if (secret !== undefined && keyring.sameDigest(claim.expected(secret), claim.shown)) return id;
    }
    return undefined;
  };

/** Its key is gone: the source was removed a moment ago. */
const ifRemoved = (error: unknown): undefined => {
  if (error instanceof NotFound) return undefined;
  throw error;
};

function claimOf(source: KeptSource, delivery: Delivery, keyring: Keyring, shops: Shops): Claim | undefined {
  if (source.kind === 'webhook') return shownBy(source.proof, delivery, keyring);
  const dialect = dialectFor(shops, source);
  return dialect === undefined
    ? undefined
    : signedAs(dialect, { ...delivery, url: source.url ?? delivery.url }, keyring);
}

function signedAs(dialect: WebhookDialect, delivery: Delivery, keyring: Keyring): Claim | undefined {
  const { signature, text } = dialect.signed(delivery);
  if (signature === undefined) return undefined;
  return { shown: signature, expected: (secret) => keyring.hmac(secret, text, 'base64') };
}

function shownBy(proof: Proof, { headers, body, url }: Delivery, keyring: Keyring): Claim | undefined {
  switch (proof.by) {
    case 'signature': {
      const { encoding } = proof;
      const shown = after(proof.prefix, headers[proof.header]);
      if (shown === undefined) return undefined;
      return {
        shown: encoding === 'hex' ? shown.toLowerCase() : shown,
        expected: (secret) => keyring.hmac(secret, body, encoding),
      };
    }
    case 'token':
      return asSecret(after(proof.prefix, headers[proof.header]), keyring);
    case 'address':
      return asSecret(new URL(url).searchParams.get('token') ?? undefined, keyring);
    default:
      return unreachable(proof);
  }
}

/** Digests have one length, so comparing them tells nothing of the secret's. */
const asSecret = (shown: string | undefined, keyring: Keyring): Claim | undefined =>
  shown === undefined
    ? undefined
    : { shown: keyring.secretDigest(shown), expected: (secret) => keyring.secretDigest(secret) };

const after = (prefix = '', text: string | undefined): string | undefined =>
  text?.startsWith(prefix) === true ? text.slice(prefix.length).trim() : undefined;
