import type { EventOf } from '../events/event.ts';
import { lineAmount, type Minor } from '../kernel/money.ts';
import { combineLatest, type Heard, type Latest, later } from './latest.ts';

/** What somebody last did in the shop or app: enough to remind them of it, and no more. */
export interface Browsing {
  /** Products looked at, by sku. */
  readonly viewed?: Latest<Viewed>;
  readonly searched?: Searched;
  /** The basket as it was last shown whole, and what was put into it one by one, by sku. */
  readonly basket?: Basket;
  readonly added?: Latest<Added>;
}

interface Viewed extends Heard {
  readonly category?: string;
}

interface Searched extends Heard {
  readonly query: string;
}

interface Added extends Heard {
  readonly quantity: number;
  readonly value: Minor;
}

interface Basket extends Heard {
  readonly value: Minor;
  /** By sku, the first `MOST_PRODUCTS` of them. */
  readonly quantities: Readonly<Record<string, number>>;
}

/** A reminder shows three; the record is paid by the kilobyte at every write. */
export const MOST_PRODUCTS = 10;

/** Adds what was heard of one customer: of everything the latest. */
export function combineBrowsing(a: Browsing | undefined, b: Browsing | undefined): Browsing | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const basket = latest(a.basket, b.basket);
  const searched = latest(a.searched, b.searched);
  return {
    ...both('viewed', a.viewed, b.viewed),
    ...both('added', a.added, b.added),
    ...(basket === undefined ? {} : { basket }),
    ...(searched === undefined ? {} : { searched }),
  };
}

const latest = <T extends Heard>(a: T | undefined, b: T | undefined): T | undefined =>
  a === undefined || b === undefined ? (a ?? b) : later(a, b);

const both = <K extends 'viewed' | 'added', T extends Heard>(
  name: K,
  a: Latest<T> | undefined,
  b: Latest<T> | undefined,
): { readonly [N in K]?: Latest<T> } =>
  (a === undefined && b === undefined ? {} : { [name]: combineLatest(a ?? {}, b ?? {}, MOST_PRODUCTS) }) as {
    readonly [N in K]?: Latest<T>;
  };

type BrowsingEvent =
  | EventOf<'product.viewed'>
  | EventOf<'product.added'>
  | EventOf<'cart.viewed'>
  | EventOf<'checkout.started'>
  | EventOf<'products.searched'>;

/** Of a query so much is kept. */
const MOST_CHARACTERS = 64;

/** An address or a number slipped into the wrong field: records carry none, and whoever looks at one may not see it. */
const namesSomebody = (query: string): boolean =>
  query.includes('@') || /\d{7}/.test(query.replace(/[\s()./-]/g, ''));

/** What one event says of it; undefined where it says nothing. */
export function browsingOf({ type, data, occurredAt: at }: BrowsingEvent): Browsing | undefined {
  switch (type) {
    case 'product.viewed':
      return {
        viewed: { [data.sku]: { at, ...(data.category === undefined ? {} : { category: data.category }) } },
      };
    case 'product.added':
      return { added: { [data.sku]: { at, quantity: data.quantity ?? 1, value: worthOf(data) } } };
    case 'products.searched':
      return namesSomebody(data.query)
        ? undefined
        : { searched: { at, query: data.query.slice(0, MOST_CHARACTERS) } };
    case 'cart.viewed':
    case 'checkout.started':
      return data.lines === undefined
        ? undefined
        : { basket: basketOf(data.lines, at, type === 'checkout.started' ? data.value : undefined) };
  }
}

type Line = NonNullable<EventOf<'cart.viewed'>['data']['lines']>[number];

const worthOf = ({ quantity = 1, unitPrice = 0 }: Pick<Line, 'quantity' | 'unitPrice'>): Minor =>
  lineAmount(quantity, unitPrice);

function basketOf(lines: readonly Line[], at: string, told: Minor | undefined): Basket {
  const quantities: Record<string, number> = {};
  for (const { sku, quantity = 1 } of lines) {
    const known = Object.hasOwn(quantities, sku);
    if (known || Object.keys(quantities).length < MOST_PRODUCTS)
      quantities[sku] = (quantities[sku] ?? 0) + quantity;
  }
  return { at, value: told ?? lines.reduce((sum, line) => sum + worthOf(line), 0), quantities };
}

/** What lies in somebody's basket, as far as it is known. */
export interface Cart {
  /** When it was last heard of. */
  readonly at: string;
  readonly value: Minor;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

/** Undefined where it is empty: nothing was put in, or something was bought since. */
export function cartOf(browsing: Browsing | undefined, boughtAt = ''): Cart | undefined {
  const basket = browsing?.basket;
  const kept = basket !== undefined && basket.at > boughtAt ? basket : undefined;
  const since = kept?.at ?? boughtAt;
  const added = Object.entries(browsing?.added ?? {}).filter(([, { at }]) => at > since);
  const quantities = new Map(Object.entries(kept?.quantities ?? {}));
  for (const [sku, { quantity }] of added) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  if (quantities.size === 0) return undefined;
  return {
    at: added.reduce((last, [, { at }]) => (at > last ? at : last), since),
    value: added.reduce((sum, [, { value }]) => sum + value, kept?.value ?? 0),
    lines: [...quantities].map(([sku, quantity]) => ({ sku, quantity })),
  };
}

/** The products looked at, the last one first. */
export const lastViewed = (browsing: Browsing | undefined) =>
  Object.entries(browsing?.viewed ?? {})
    .map(([sku, { at, category }]) => ({ sku, at, ...(category === undefined ? {} : { category }) }))
    .sort((a, b) => (a.at === b.at ? (a.sku < b.sku ? -1 : 1) : a.at > b.at ? -1 : 1));
