import { type Shop, type ShopAccess, ShopFailed } from '../../ports/shop.ts';
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

function nextIn(link = ''): string | undefined {
  const address = /<([^>]+)>\s*;\s*rel="next"/.exec(link)?.[1];
  if (address === undefined) return undefined;
  const page = URL.canParse(address) ? new URL(address).searchParams.get('page_info') : null;
  // Taken for the last page, all that follows it would be missed.
  if (page === null) throw new ShopFailed('shop-answer', 'The shop names a next page that it does not name');
  return page;
}
