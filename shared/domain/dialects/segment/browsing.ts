import { MOST_BASKET_LINES } from '../../events/basket.ts';
import { Quantity, UnitPrice } from '../../events/receipt.ts';
import type { RawEvent } from '../../import/raw-event.ts';
import { InvalidInput } from '../../kernel/errors.ts';
import { amountIn, priceIn, quantityIn } from '../amounts.ts';
import { firstText, listIn, objectIn, stated, type Told } from '../told.ts';
import type { Frame } from './frame.ts';
import { categoryIn, skuIn } from './products.ts';
import type { Surroundings } from './surroundings.ts';

/** Bounds of the events' own schemas. Signals are cut to them: a long title is no reason to lose a visit. */
const MOST = { path: 500, title: 200, cart: 128, query: 200, action: 128 } as const;

const propertiesOf = (message: Told): Told => objectIn(message['properties']);

/** Only path and title: what follows the path in an address can hold anything, also an e-mail address. */
export function viewed(message: Told, frame: Frame): RawEvent[] {
  const properties = propertiesOf(message);
  const page = objectIn(objectIn(message['context'])['page']);
  const name = firstText(message, 'name') ?? firstText(properties, 'name');
  const path =
    firstText(properties, 'path') ??
    pathOf(firstText(properties, 'url')) ??
    firstText(page, 'path') ??
    pathOf(firstText(page, 'url')) ??
    name;
  if (path === undefined)
    throw new InvalidInput('invalid-field', 'name', 'name: is missing; send it, or properties.path');
  const title = firstText(properties, 'title') ?? firstText(page, 'title') ?? name;
  const data = {
    path: (path.split(/[?#]/, 1)[0] || '/').slice(0, MOST.path),
    ...stated({ title: title?.slice(0, MOST.title) }),
  };
  return [{ ...frame, type: 'page.viewed', data }];
}

const pathOf = (url: string | undefined): string | undefined =>
  url === undefined || !URL.canParse(url) ? undefined : new URL(url).pathname;

export function productViewed(message: Told, frame: Frame): RawEvent[] {
  const properties = propertiesOf(message);
  const data = { sku: requiredSku(properties), ...stated({ category: categoryIn(properties) }) };
  return [{ ...frame, type: 'product.viewed', data }];
}

export function productAdded(message: Told, frame: Frame, { currency }: Surroundings): RawEvent[] {
  const properties = propertiesOf(message);
  const data = { ...wanted(requiredSku(properties), properties, currency), ...cartOf(properties) };
  return [{ ...frame, type: 'product.added', data }];
}

export const cartViewed = (message: Told, frame: Frame, { currency }: Surroundings): RawEvent[] => [
  { ...frame, type: 'cart.viewed', data: basketOf(propertiesOf(message), currency) },
];

export function checkoutStarted(message: Told, frame: Frame, { currency }: Surroundings): RawEvent[] {
  const properties = propertiesOf(message);
  const value = isOther(properties['currency'], currency)
    ? undefined
    : ifReadable(() => amountIn(properties['value'] ?? properties['total'], currency, 'value'));
  const data = {
    ...basketOf(properties, currency),
    ...stated({ value: value !== undefined && value >= 0 ? value : undefined }),
  };
  return [{ ...frame, type: 'checkout.started', data }];
}

export function productsSearched(message: Told, frame: Frame): RawEvent[] {
  const query = firstText(propertiesOf(message), 'query');
  if (query === undefined)
    throw new InvalidInput(
      'invalid-field',
      'properties.query',
      'properties.query: is missing; it takes a string',
    );
  return [{ ...frame, type: 'products.searched', data: { query: query.slice(0, MOST.query) } }];
}

/** Its name alone: nobody said what else is in it, and it could be personal. */
export const actionTaken = (name: string, frame: Frame): RawEvent[] => [
  { ...frame, type: 'action.taken', data: { name: name.slice(0, MOST.action) } },
];

const cartOf = (properties: Told) =>
  stated({ cart: firstText(properties, 'cart_id', 'cartId')?.slice(0, MOST.cart) });

const basketOf = (properties: Told, currency: string) => {
  const { currency: money } = properties;
  const products = listIn(properties['products'])
    .slice(0, MOST_BASKET_LINES)
    .map((product): Told => ({ currency: money, ...objectIn(product) }));
  const lines = products.flatMap((product) => {
    const sku = skuIn(product);
    return sku === undefined ? [] : [wanted(sku, product, currency)];
  });
  return { ...cartOf(properties), ...(lines.length === 0 ? {} : { lines }) };
};

const isOther = (told: unknown, currency: string): boolean =>
  String(told ?? currency).toUpperCase() !== currency;

/** A price in the way of a wish is left out; a sale with it would be refused. */
const wanted = (sku: string, product: Told, currency: string) => {
  const isForeign = isOther(product['currency'], currency);
  const unitPrice = isForeign ? undefined : ifReadable(() => priceIn(product['price'], currency, 'price'));
  const quantity = ifReadable(() => quantityIn(product['quantity'], 'quantity'));
  return {
    sku,
    ...stated({
      quantity: Quantity.safeParse(quantity).data,
      unitPrice: UnitPrice.safeParse(unitPrice).data,
      category: categoryIn(product),
    }),
  };
};

function ifReadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
}

function requiredSku(properties: Told): string {
  const sku = skuIn(properties);
  if (sku !== undefined) return sku;
  throw new InvalidInput(
    'invalid-field',
    'properties.sku',
    'properties.sku: is missing, and product_id too; send at least one of them',
  );
}
