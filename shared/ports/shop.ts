import { ClienteleError } from '../domain/kernel/errors.ts';

/** How a shop is reached. */
export interface ShopAccess {
  /** Scheme and host, such as https://my-shop.myshopify.com. */
  readonly origin: string;
  /** By names of the shop's own: token, or key and secret. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Of shops with several places under one account. */
  readonly location?: string | undefined;
}

/** A message as the shop's webhook would have sent it. */
export interface ShopMessage {
  readonly topic: string;
  readonly body: unknown;
}

export interface ShopPage {
  readonly messages: readonly ShopMessage[];
  /** Asks for what follows; undefined where this is all. */
  readonly next: string | undefined;
}

/**
 * Asks a shop what changed. Laws:
 * 1. Everything that changed at `since` or later is on one of the pages, each asked for by the `next` of the one before.
 * 2. A message of a page means the same as the webhook of the same change.
 * 3. What the shop does not answer as it should throws ShopFailed; nothing is left out silently.
 */
export interface Shop {
  changed(access: ShopAccess, since: string, page?: string): Promise<ShopPage>;
}

type Fault =
  /** No answer in time, or none at all. */
  | 'shop-unreachable'
  /** The shop wants to be asked later. */
  | 'shop-busy'
  /** The credentials are not, or no longer, good for this. */
  | 'shop-refused'
  /** An error of the shop, or an answer that is not what its documentation says. */
  | 'shop-answer'
  /** An address that may not be called. */
  | 'shop-address';

export class ShopFailed extends ClienteleError {
  readonly code: Fault;
  override readonly retryable = true;

  constructor(code: Fault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
