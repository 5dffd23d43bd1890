import type { MessageName } from './messages.ts';

/**
 * Who reacts to what. Each consumer is a folder under functions/, has a queue of its own, and is idempotent.
 * CDK turns this into rules, queues and functions; the local host into deliveries.
 */
export const consumers = {
  'customers/fold-events': { on: ['events.accepted'], batch: 10, windowSeconds: 1 },
  'ingest/archive-events': { on: ['events.accepted'], batch: 100, windowSeconds: 60 },
  'campaigns/address-shard': { on: ['campaign.shard-due'], batch: 1, windowSeconds: 0 },
} as const satisfies Record<
  string,
  { readonly on: readonly MessageName[]; readonly batch: number; readonly windowSeconds: number }
>;

export type Consumer = keyof typeof consumers;

/** The message a consumer gets. */
export type MessageOf<C extends Consumer> = (typeof consumers)[C]['on'][number];
