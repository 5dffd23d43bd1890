import { firstText, objectIn, type Told } from '../../domain/dialects/told.ts';
import { type Shop, type ShopAccess, ShopFailed, type ShopPage } from '../../ports/shop.ts';
import { type AskShop, addressOf, listAt } from './ask-shop.ts';

const VERSION = '2025-10-16';
const PAGE = '100';

/** Payments come first, each with its order and customer, then refunds; a page is named by the list that it is of. */
const LISTS = ['payments', 'refunds'] as const;
type List = (typeof LISTS)[number];

/** Payments and refunds by Square's interface, with the lines and the customer that its webhooks leave out. */
export const squareShop = (ask: AskShop): Shop => ({
  async changed(access, since, page = 'payments:') {
    const [list, cursor] = placeOf(page);
    const url = addressOf(access.origin, `/v2/${list}`, {
      updated_at_begin_time: since,
      sort_field: 'UPDATED_AT',
      sort_order: 'ASC',
      location_id: access.location,
      limit: PAGE,
      cursor: cursor === '' ? undefined : cursor,
    });
    const { json } = await ask({ url, headers: headersOf(access) });
    // Square leaves an empty list out.
    const found = objectIn(json)[list] === undefined ? [] : listAt(json, list);
    const following = firstText(objectIn(json), 'cursor');
    return {
      messages: list === 'payments' ? await payments(ask, access, found) : refunds(found),
      next: following === undefined ? afterAll(list) : `${list}:${following}`,
    };
  },
});

function placeOf(page: string): [List, string] {
  const list = LISTS.find((name) => page.startsWith(`${name}:`));
  if (list === undefined) throw new ShopFailed('shop-answer', 'A page that no list of the shop has');
  return [list, page.slice(list.length + 1)];
}

const afterAll = (list: List): string | undefined => (list === 'payments' ? 'refunds:' : undefined);

const message = (topic: string, object: object) => ({ topic, body: { type: topic, data: { object } } });

const refunds = (found: readonly Told[]): ShopPage['messages'] =>
  found.map((refund) => message('refund.updated', { refund }));

async function payments(
  ask: AskShop,
  access: ShopAccess,
  found: readonly Told[],
): Promise<ShopPage['messages']> {
  const orders = await ordersOf(ask, access, namesIn(found, 'order_id'));
  const customers = await customersOf(ask, access, namesIn(found, 'customer_id'));
  return found.map((payment) =>
    message('payment.updated', {
      payment,
      order: orders.get(String(payment['order_id'])),
      customer: customers.get(String(payment['customer_id'])),
    }),
  );
}

const namesIn = (found: readonly Told[], field: string): string[] => [
  ...new Set(found.map((one) => firstText(one, field)).filter((name) => name !== undefined)),
];

async function ordersOf(
  ask: AskShop,
  access: ShopAccess,
  names: readonly string[],
): Promise<Map<string, Told>> {
  if (names.length === 0) return new Map();
  const url = addressOf(access.origin, '/v2/orders/batch-retrieve', {});
  const { json } = await ask({ url, headers: headersOf(access), body: { order_ids: names } });
  const orders = objectIn(json)['orders'] === undefined ? [] : listAt(json, 'orders');
  return new Map(orders.map((order) => [String(order['id']), order]));
}

async function customersOf(
  ask: AskShop,
  access: ShopAccess,
  names: readonly string[],
): Promise<Map<string, Told>> {
  if (names.length === 0) return new Map();
  const url = addressOf(access.origin, '/v2/customers/bulk-retrieve', {});
  const { json } = await ask({ url, headers: headersOf(access), body: { customer_ids: names } });
  const answers = Object.entries(objectIn(objectIn(json)['responses']));
  return new Map(answers.map(([name, answer]) => [name, objectIn(objectIn(answer)['customer'])]));
}

const headersOf = ({ credentials }: ShopAccess) => ({
  authorization: `Bearer ${credentials['token'] ?? ''}`,
  'square-version': VERSION,
});
