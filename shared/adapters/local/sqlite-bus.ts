import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Database } from './database.ts';
import { deliverer } from './deliveries.ts';

/** The Bus port on one SQLite database: all messages of a call are kept, or none. */
export function sqliteBus(database: Database, clock: Clock): Bus {
  const deliver = deliverer(database);
  return {
    async publish(messages) {
      if (messages.length === 0) return;
      const now = Date.parse(clock());
      const texts = messages.map(({ name, detail }) => ({ name, detail: JSON.stringify(detail) }));
      database.transact(() => {
        for (const text of texts) deliver(text, now);
      });
    },
  };
}
