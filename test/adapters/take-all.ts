import { openDatabase } from '../../shared/adapters/local/database.ts';
import { deliveries } from '../../shared/adapters/local/deliveries.ts';

/** A process of its own: takes deliveries until none is left and prints the ids it got. Arguments: database, now. */
const [path = '', now = ''] = process.argv.slice(2);
const database = openDatabase(path, { durable: false });
const queue = deliveries(database);
const ids: number[] = [];
for (;;) {
  const taken = queue.take('campaigns/address-shard', 7, Number(now), 60_000);
  if (taken.length === 0) break;
  ids.push(...taken.map(({ id }) => id));
}
database.close();
process.stdout.write(JSON.stringify(ids));
