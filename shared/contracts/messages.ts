import type { AcceptedEvent } from '../domain/events/event.ts';
import type { Slug } from '../domain/kernel/ids.ts';

/** What travels on the bus, by name. A message holds at most 60 KB, so that it is billed as one. */
export interface Messages {
  /** Events that were taken at the door, packed together. */
  'events.accepted': {
    readonly events: readonly AcceptedEvent[];
    /** Some of them were written by tills: rules of the bus can tell them from browsing. */
    readonly about?: 'tills';
  };
  /** One shard of a campaign's audience is to be addressed. */
  'campaign.shard-due': { readonly campaign: Slug; readonly shard: number; readonly of: number };
}

export type MessageName = keyof Messages;
export type Message = { [N in MessageName]: { readonly name: N; readonly detail: Messages[N] } }[MessageName];

export const MESSAGE_BYTES = 60_000;
