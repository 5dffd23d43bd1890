import { listIn, type Told } from '../../domain/dialects/told.ts';
import type { Shop, ShopAccess, ShopMessage } from '../../ports/shop.ts';
import { type AskShop, addressOf, listAt } from './ask-shop.ts';

const PAGE = 50;
/** As many as the interface gives at once; an order has a handful. */
const MOST_REFUNDS = '100';

/** Orders by WooCommerce's REST interface, and the refunds of each, which its webhooks do not tell. */
export const woocommerceShop = (ask: AskShop): Shop => ({
  async changed(access, since, page = `${since}|1`) {
    const [after = since, number = '1'] = page.split('|');
    const url = addressOf(access.origin, '/wp-json/wc/v3/orders', {
      modified_after: new Date(after).toISOString().slice(0, 19),
      dates_are_gmt: 'true',
      orderby: 'modified',
      order: 'asc',
      per_page: String(PAGE),
      page: number,
    });
    const { json } = await ask({ url, headers: credentialsOf(access) });
    const orders = listAt(json, '');
    const messages: ShopMessage[] = [];
    for (const order of orders) {
      messages.push({ topic: 'order.updated', body: order }, ...(await refundsOf(ask, access, order)));
    }
    // A page that is not full is the last one.
    return { messages, next: orders.length < PAGE ? undefined : nextOf(orders, after, Number(number)) };
  },
});

/**
 * Goes on from the time of the last order: one that is changed meanwhile moves to the end, and by counting pages
 * another would be missed. Of the last second not all may have been seen; where it fills a page, pages are counted.
 */
function nextOf(orders: readonly Told[], after: string, number: number): string {
  const last = Date.parse(`${String(orders.at(-1)?.['date_modified_gmt'])}Z`) - 1_000;
  return last > Date.parse(after) ? `${new Date(last).toISOString()}|1` : `${after}|${number + 1}`;
}

async function refundsOf(ask: AskShop, access: ShopAccess, order: Told): Promise<ShopMessage[]> {
  if (listIn(order['refunds']).length === 0) return [];
  const path = `/wp-json/wc/v3/orders/${encodeURIComponent(String(order['id']))}/refunds`;
  const url = addressOf(access.origin, path, { per_page: MOST_REFUNDS });
  const { json } = await ask({ url, headers: credentialsOf(access) });
  return listAt(json, '').map((refund) => ({
    topic: 'refund.created',
    body: { order: order['id'], currency: order['currency'], refund },
  }));
}

const credentialsOf = ({ credentials: { key = '', secret = '' } }: ShopAccess) => ({
  authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
});
