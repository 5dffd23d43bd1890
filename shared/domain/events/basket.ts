import * as z from 'zod';
import { Label, Quantity, UnitPrice } from './receipt.ts';

/** Goods that somebody thinks of buying: what of them is known. Prices are minor units. */
export const BasketLine = z.looseObject({
  sku: Label,
  quantity: Quantity.optional(),
  unitPrice: UnitPrice.optional(),
  category: Label.optional(),
});

/** A basket longer than that is no basket; what it was bought as is kept whole, as a sale. */
export const MOST_BASKET_LINES = 100;

export const Basket = z.looseObject({
  /** The shop's own name of it, by which its steps belong together. */
  cart: z.string().min(1).max(128).optional(),
  lines: z.array(BasketLine).max(MOST_BASKET_LINES).optional(),
});
