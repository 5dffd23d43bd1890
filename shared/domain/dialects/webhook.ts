import type { RawEvent } from '../import/raw-event.ts';

/** A call of somebody's webhook, as it came. */
export interface Delivery {
  /** By names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** The address that was called, as its sender knows it; Square signs it. */
  readonly url: string;
  /** The body as it was sent, which is what signatures cover. */
  readonly body: string;
}

/** What a translation needs to know beside the message. */
export interface ShopContext {
  /** The store under which a shop's orders are counted. */
  readonly store: string;
  /** ISO 4217, of the stage. */
  readonly currency: string;
  readonly receivedAt: string;
}

/**
 * What one shop system says in its webhooks. All of them sign with HMAC-SHA256 in base64; the host checks it before
 * anything else is looked at.
 */
export interface WebhookDialect {
  /** The signature that came with it, and the text that it covers. */
  signed(delivery: Delivery): { readonly signature: string | undefined; readonly text: string };
  /** What the shop calls this delivery when it sends it again. */
  deliveryId(delivery: Delivery): string | undefined;
  /** What kind of message it is, such as orders/updated; undefined where the shop only tries whether we are there. */
  topic(delivery: Delivery): string | undefined;
  /** A call that is not signed and says nothing, by which a shop tries out whether somebody answers. */
  isTrial?(delivery: Delivery): boolean;
  /**
   * A message as events of ours; none where it says nothing that is kept. The same from a webhook and from a poll,
   * whichever comes first. Throws InvalidInput with the path in the message.
   */
  translate(topic: string, message: unknown, context: ShopContext): readonly RawEvent[];
}
