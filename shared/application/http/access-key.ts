import type { Grant } from '../../contracts/handler.ts';
import type { Item } from '../../ports/table.ts';

/** `bearer`: the key itself travels with each request. `signing`: its secret stays at home and signs them. */
export const keyKinds = ['bearer', 'signing'] as const;
export type KeyKind = (typeof keyKinds)[number];

/** A key as lists tell it: nothing of its secret. */
export interface AccessKey {
  readonly id: string;
  readonly kind: KeyKind;
  readonly grant: Grant;
  readonly createdAt: string;
  readonly expiresAt?: string;
  /** Revoked keys stay listed: who could call, and until when. */
  readonly revokedAt?: string;
}

/** A key as it is kept: of a bearer key the keyed digest, of a signing key nothing, since its id gives its secret. */
export interface KeptKey extends Omit<AccessKey, 'id'> {
  readonly digest?: string;
}

/** The id of a bearer key begins its digest, so that the key alone says where to look for it. */
export const idOfDigest = (digest: string): string => digest.slice(0, 16);

/** Keys are written checked, by manage-keys.ts alone. */
export const keptIn = ({ value }: Item): KeptKey => value as unknown as KeptKey;

/** What a list may tell. */
export const told = (id: string, { digest: _kept, ...key }: KeptKey): AccessKey => ({ id, ...key });

/** Does it let its owner in at this time? */
export const isLiving = ({ expiresAt, revokedAt }: KeptKey, now: string): boolean =>
  revokedAt === undefined && (expiresAt === undefined || Date.parse(now) < Date.parse(expiresAt));
