import { InvalidInput } from '../../kernel/errors.ts';
import { amountIn, isSilent } from '../amounts.ts';
import { stated, type Told } from '../told.ts';

/** What a message says of the sums of an order, in minor units. */
export interface Sums {
  readonly total?: number;
  readonly revenue?: number;
  readonly subtotal?: number;
  readonly discount?: number;
  readonly shipping?: number;
  readonly tax?: number;
}

export const sumsIn = (properties: Told, currency: string): Sums => {
  const read = (name: string) => amountIn(properties[name], currency, `properties.${name}`);
  return stated({
    total: read('total'),
    revenue: read('revenue'),
    subtotal: read('subtotal'),
    discount: read('discount'),
    shipping: read('shipping'),
    tax: read('tax'),
  });
};

/** Other money than the stage's is refused before anything is read as the stage's. */
export function refuseForeign(properties: Told, currency: string): void {
  const told = properties['currency'];
  if (isSilent(told) || String(told).toUpperCase() === currency) return;
  throw new InvalidInput(
    'foreign-currency',
    'properties.currency',
    `properties.currency: this stage keeps ${currency}, not ${String(told).slice(0, 8)}; convert it or send it to its own stage`,
  );
}
