import type { MessageName } from './messages.ts';

/**
 * Who reacts to what. Each consumer is a folder under functions/, has a queue of its own, and is idempotent.
 * CDK turns this into rules, queues and functions; the local host into deliveries.
 *
 * The law for whoever is added here: an event with `quiet` is history (a backfill) or was told before (a replay). It
 * changes records; a message, a notice of points or anything else that reaches a customer must not follow from it.
 */
export const consumers = {
  'customers/fold-events': { on: ['events.accepted'], batch: 10, windowSeconds: 1 },
  'ingest/archive-events': { on: ['events.accepted'], batch: 500, windowSeconds: 300 },
  /** Gathers for as long as it can: what it writes is a few items for each store that a batch speaks of. */
  'ingest/watch-feeds': { on: ['events.accepted'], about: 'tills', batch: 500, windowSeconds: 300 },
  'campaigns/address-shard': { on: ['campaign.shard-due'], batch: 1, windowSeconds: 0 },
} as const satisfies Record<string, Reaction<MessageName>>;

interface Reaction<Name extends string> {
  readonly on: readonly Name[];
  /** Only messages that say they are about this; left out, all. */
  readonly about?: 'tills';
  readonly batch: number;
  readonly windowSeconds: number;
}

export type Consumer = keyof typeof consumers;

/** Does this consumer get such a message? As the rules of the bus decide it. */
export function hears(consumer: Consumer, name: string, detail: { readonly about?: unknown }): boolean {
  const { on, about }: Reaction<string> = consumers[consumer];
  return on.includes(name) && (about === undefined || about === detail.about);
}

/**
 * Who reacts to what services of AWS tell on the account's default bus, by detail type. Functions with a queue,
 * like consumers; the single machine has no such services.
 */
export const listeners = {
  'campaigns/take-feedback': {
    on: ['Email Bounced', 'Email Complaint Received'],
    batch: 10,
    windowSeconds: 1,
  },
} as const satisfies Record<string, Reaction<string>>;

export type Listener = keyof typeof listeners;

/** Everything that stands behind a queue of its own. */
export const reactions = { ...consumers, ...listeners };
export type Reactor = keyof typeof reactions;

/** The message a consumer gets. */
export type MessageOf<C extends Consumer> = (typeof consumers)[C]['on'][number];
