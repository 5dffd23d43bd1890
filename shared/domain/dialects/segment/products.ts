import { Line, paidFor } from '../../events/receipt.ts';
import { complaint } from '../../kernel/complaint.ts';
import { InvalidInput } from '../../kernel/errors.ts';
import { priceIn, quantityIn } from '../amounts.ts';
import { spread } from '../spread.ts';
import { firstText, listIn, objectIn, stated, type Told } from '../told.ts';
import { reconcile } from './reconcile.ts';
import { sumsIn } from './sums.ts';

const MOST_LABEL = 64;

/** The names of a product: the shop's article number where there is one. */
export const skuIn = (product: Told): string | undefined =>
  firstText(product, 'sku', 'product_id', 'productId', 'id');

/** Paths of categories can be long; what they begin with says most. */
export const categoryIn = (product: Told): string | undefined =>
  firstText(product, 'category')?.slice(0, MOST_LABEL);

/** The lines of an order or a refund whose sum is what the message says was paid, to the cent. */
export function linesIn(properties: Told, currency: string): Line[] {
  const goods = listIn(properties['products']).map((product, index) => lineOf(product, index, currency));
  const whole = goods.reduce((sum, line) => sum + paidFor(line), 0);
  const { discount, shipping, tax } = reconcile(whole, sumsIn(properties, currency), currency);
  return [
    ...spread(discount, goods, paidFor).map(([line, share]) => ({ ...line, discount: share })),
    ...charge('shipping', shipping),
    ...charge('tax', tax),
  ];
}

function lineOf(told: unknown, index: number, currency: string): Line {
  const product = objectIn(told);
  const path = `properties.products.${index}`;
  const unitPrice = priceIn(product['price'], currency, `${path}.price`);
  if (unitPrice === undefined)
    throw new InvalidInput('invalid-field', `${path}.price`, `${path}.price: is missing; it takes a number`);
  const read = Line.safeParse(
    stated({
      sku: skuIn(product),
      quantity: quantityIn(product['quantity'], `${path}.quantity`) ?? 1,
      unitPrice,
      category: categoryIn(product),
    }),
  );
  if (!read.success) throw complaint(read.error, path.split('.'));
  return read.data;
}

/** What is no product stands in a line of its own, so that goods keep their prices. */
const charge = (name: 'shipping' | 'tax', unitPrice: number): Line[] =>
  unitPrice === 0 ? [] : [{ sku: name, quantity: 1, unitPrice, discount: 0, category: name }];
