import type { Slug } from '../kernel/ids.ts';

/** How whoever calls a webhook proves who it is; the secret is one of the source's. */
export type Proof =
  /** HMAC-SHA256 over the body as it was sent. */
  | {
      readonly by: 'signature';
      readonly header: string;
      readonly encoding: 'hex' | 'base64';
      /** Stands before the signature, such as sha256=. */
      readonly prefix?: string | undefined;
    }
  /** The secret itself, in a header. */
  | { readonly by: 'token'; readonly header: string; readonly prefix?: string | undefined }
  /** The secret itself, as ?token= of the address: for those who can send no header. */
  | { readonly by: 'address' };

interface Common {
  readonly id: Slug;
  /** Where what happened is counted, when a message names no store. */
  readonly store: string;
  readonly enabled: boolean;
}

/** A shop whose messages we know. */
export interface ShopSource extends Common {
  readonly kind: 'shopify' | 'square' | 'woocommerce';
  /** The address that the shop calls, where it differs from what we see; Square signs it. */
  readonly url?: string | undefined;
}

/** Any other caller of webhooks, with a mapping to our events. */
export interface WebhookSource extends Common {
  readonly kind: 'webhook';
  readonly proof: Proof;
  /** JSONata. */
  readonly mapping: string;
  /** The headers that the mapping may read, in small letters. */
  readonly headers: readonly string[];
  /** The header in which the caller names each delivery, and names it so again when it repeats it. */
  readonly deliveryHeader?: string | undefined;
}

export type Source = ShopSource | WebhookSource;

/** As many as a rotation needs: the one that goes and the one that comes. */
export const MOST_SECRETS = 2;
