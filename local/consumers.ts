import { addressShard } from '../shared/application/campaigns/address-shard.ts';
import { foldEvents } from '../shared/application/customers/fold-events.ts';
import { watchFeeds } from '../shared/application/feeds/watch-feeds.ts';
import { archiveEvents } from '../shared/application/ingest/archive-events.ts';
import type { Messages } from '../shared/contracts/messages.ts';
import type { Consumer, MessageOf } from '../shared/contracts/topology.ts';
import type { Machine } from './machine.ts';

type Consume<C extends Consumer> = (details: readonly Messages[MessageOf<C>][]) => Promise<void>;

/** What each consumer of the topology does; a forgotten one does not compile. */
export const consumersOf = (machine: Machine): { readonly [C in Consumer]: Consume<C> } => {
  const fold = foldEvents(machine);
  const address = addressShard(machine);
  return {
    'customers/fold-events': async (details) => {
      await fold(details.flatMap(({ events }) => events));
    },
    'ingest/archive-events': archiveEvents(machine),
    'ingest/watch-feeds': watchFeeds(machine),
    'campaigns/address-shard': async (details) => {
      for (const detail of details) await address(detail);
    },
  };
};
