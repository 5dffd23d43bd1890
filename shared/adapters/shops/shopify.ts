import type { Shop, ShopAccess } from '../../ports/shop.ts';
import { type AskShop, addressOf, listAt } from './ask-shop.ts';

const VERSION = '2025-10';
const PAGE = '100';

/** Orders with their refunds, by Shopify's REST interface: what its webhooks send too. */
export const shopifyShop = (ask: AskShop): Shop => ({
  async changed(access, since, page) {
    const first = { status: 'any', updated_at_min: since, order: 'updated_at asc', limit: PAGE };
    // What follows is asked for by its name and nothing else.
    const query = page === undefined ? first : { limit: PAGE, page_info: page };
    const url = addressOf(access.origin, `/admin/api/${VERSION}/orders.json`, query);
    const { json, link } = await ask({ url, headers: credentialsOf(access) });
    return {
      messages: listAt(json, 'orders').map((body) => ({ topic: 'orders/updated', body })),
      next: nextIn(link),
    };
  },
});

const credentialsOf = ({ credentials }: ShopAccess) => ({
  'x-shopify-access-token': credentials['token'] ?? '',
});

const nextIn = (link = ''): string | undefined => {
  const address = /<([^>]+)>\s*;\s*rel="next"/.exec(link)?.[1];
  return address === undefined ? undefined : (new URL(address).searchParams.get('page_info') ?? undefined);
};
