import { Line, paidFor } from '../../events/receipt.ts';
import { complaint } from '../../kernel/complaint.ts';
import { InvalidInput } from '../../kernel/errors.ts';
import { inTheirWords } from '../../kernel/in-their-words.ts';
import { unitPriceFor } from '../../kernel/money.ts';
import { priceIn, quantityIn } from '../amounts.ts';
import { spread } from '../spread.ts';
import { firstText, listIn, objectIn, stated, type Told } from '../told.ts';
import { type Reconciled, readingOf, reconcile } from './reconcile.ts';
import { sumsIn } from './sums.ts';

const MOST_LABEL = 64;

/** The names of a product: the shop's article number where there is one. */
export const skuIn = (product: Told): string | undefined =>
  firstText(product, 'sku', 'product_id', 'productId', 'id');

/** Paths of categories can be long; what they begin with says most. */
export const categoryIn = (product: Told): string | undefined =>
  firstText(product, 'category')?.slice(0, MOST_LABEL);

/** The lines of an order whose sum is what the message says was paid, to the cent. */
export function linesIn(properties: Told, currency: string): Line[] {
  const goods = goodsIn(properties, currency);
  return linesAs(reconcile(worthOf(goods), sumsIn(properties, currency), currency), goods);
}

/** What came back, and money beside it. */
export interface Refund {
  readonly lines: readonly Line[];
  readonly beside: number;
}

/**
 * The goods of a refund for what was paid back: its `total`, else its `revenue`. Where that is more than the goods and all that stands
 * beside them, the rest went back without goods; where it is less, they came back for less.
 */
export function refundIn(properties: Told, currency: string): Refund {
  const goods = goodsIn(properties, currency);
  const sums = sumsIn(properties, currency);
  const worth = worthOf(goods);
  const paid = sums.total ?? sums.revenue;
  if (readingOf(worth, sums) !== undefined || paid === undefined || paid < 0)
    return { lines: linesAs(reconcile(worth, sums, currency), goods), beside: 0 };
  const off = { discount: Math.max(worth - paid, 0), shipping: 0, tax: 0 };
  return { lines: linesAs(off, goods), beside: Math.max(paid - worth, 0) };
}

const goodsIn = (properties: Told, currency: string): Line[] =>
  listIn(properties['products']).map((product, index) => lineOf(product, index, currency));

const worthOf = (goods: readonly Line[]): number => goods.reduce((sum, line) => sum + paidFor(line), 0);

const linesAs = ({ discount, shipping, tax }: Reconciled, goods: readonly Line[]): Line[] => [
  ...spread(discount, goods, paidFor).map(([line, share]) => ({ ...line, discount: share })),
  ...charge('shipping', shipping),
  ...charge('tax', tax),
];

function lineOf(told: unknown, index: number, currency: string): Line {
  const product = objectIn(told);
  const path = `properties.products.${index}`;
  const price = priceIn(product['price'], currency, `${path}.price`);
  if (price === undefined) throw wrong(`${path}.price`, 'is missing; it takes a number');
  if (price < 0) throw wrong(`${path}.price`, 'must not be negative; what came off is the discount');
  const quantity = quantityIn(product['quantity'], `${path}.quantity`) ?? 1;
  if (quantity <= 0)
    throw wrong(`${path}.quantity`, 'must be above 0; what came back is told by Order Refunded, above 0 too');
  const read = Line.safeParse(
    stated({
      sku: skuIn(product),
      quantity,
      unitPrice: unitPriceFor(quantity, price),
      category: categoryIn(product),
    }),
  );
  if (!read.success)
    throw inTheirWords(complaint(read.error, path.split('.')), (at) => at.replace(/unitPrice$/, 'price'));
  return read.data;
}

const wrong = (path: string, what: string): InvalidInput =>
  new InvalidInput('invalid-field', path, `${path}: ${what}`);

/** What is no product stands in a line of its own, so that goods keep their prices. */
const charge = (name: 'shipping' | 'tax', unitPrice: number): Line[] =>
  unitPrice === 0 ? [] : [{ sku: name, quantity: 1, unitPrice, discount: 0, category: name }];
