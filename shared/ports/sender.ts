import type { ContactChannel } from '../domain/events/consent-changed.ts';
import type { CustomerId } from '../domain/kernel/ids.ts';

export interface Outgoing {
  readonly campaign: string;
  readonly customer: CustomerId;
  readonly channel: ContactChannel;
  /** E-mail address or E.164 number. */
  readonly to: string;
  readonly subject?: string;
  readonly body: string;
}

/** `refused` is final and its reason a code; a temporary failure throws. */
export type Sent =
  | { readonly status: 'sent'; readonly reference: string }
  | { readonly status: 'refused'; readonly reason: string };

/** Hands one message to the outside. It has no memory: the ledger in front of it decides about repeats. */
export interface Sender {
  send(message: Outgoing): Promise<Sent>;
}
