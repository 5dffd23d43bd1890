import type { IdentifierKind, ProfileId } from '../domain/kernel/ids.ts';

/**
 * Holds the secrets, so that nobody else does. Laws (test/contract/keyring.contract.ts):
 * 1. `profileId` gives equal ids for equal input, and different ids under different master keys.
 * 2. `open` gives back what `seal` got, for the same owner only; anything else throws.
 * 3. After `forget`, nothing sealed for that owner can be opened again, and new seals use a new key.
 * 4. Sealing the same text twice gives different ciphertexts.
 * 5. `signature` is what anybody makes who holds the text of `signingSecret` of that key: HMAC-SHA256 in hex.
 *    Equal keys have equal secrets, other keys and other master keys have others.
 * 6. `newSecret` never gives the same text again.
 * 7. `hmac` is HMAC-SHA256 of the text under the text of a secret that others chose, as shops sign their webhooks.
 */
export interface Keyring {
  /** The keyed hash of a normalised identifier. */
  profileId(kind: IdentifierKind, value: string): ProfileId;
  /** Keyed digest of a secret, for keeping keys of sources and people. Compare with `sameDigest`. */
  secretDigest(secret: string): string;
  /** 192 bits of chance as letters, digits, - and _. */
  newSecret(): string;
  /** What the holder of a signing key signs with; worked out from its id, so that nothing secret is kept. */
  signingSecret(keyId: string): string;
  /** What that secret makes of the message. Compare with `sameDigest`. */
  signature(keyId: string, message: Uint8Array): string;
  hmac(secret: string, text: string, encoding: 'hex' | 'base64'): string;
  /** Constant-time comparison. */
  sameDigest(a: string, b: string): boolean;
  /** Encrypts with the owner's own key, which it makes on first use. */
  seal(owner: string, text: string): Promise<string>;
  open(owner: string, sealed: string): Promise<string>;
  /** Destroys the owner's key. */
  forget(owner: string): Promise<void>;
}
