import type { ShopName } from '../../domain/dialects/shop-receipts.ts';
import type { Shop } from '../../ports/shop.ts';
import type { IngestDeps } from '../ingest/accept-events.ts';
import type { Shops } from './dialects.ts';
import { type Polled, pollShops } from './poll-shops.ts';
import { polledShops } from './poll-store.ts';
import { taker } from './take-message.ts';
import { shopTranslator } from './translate.ts';

interface Deps extends IngestDeps {
  readonly shops: Shops;
  readonly clients: Readonly<Record<ShopName, Shop>>;
}

/** Well under the quarter of an hour between two runs. */
const PATIENCE_MS = 10 * 60_000;

/** Asks every shop that is set up to be asked, and takes what it tells as if its webhooks had come. */
export function pollAll(deps: Deps): () => Promise<readonly Polled[]> {
  const take = taker(deps, shopTranslator(deps));
  const poll = pollShops({
    ...deps,
    patience: PATIENCE_MS,
    take: (source, { topic, body }) => take(source, { topic, headers: {} }, JSON.stringify(body)),
  });
  return async () => poll(await polledShops(deps));
}
