import * as z from 'zod';
import { BasketLine } from './basket.ts';
import { defineEvent } from './define-event.ts';

export const productAdded = defineEvent({
  type: 'product.added',
  class: 'signal',
  summary: 'A product was put into the basket.',
  version: 1,
  data: BasketLine.extend({ cart: z.string().min(1).max(128).optional() }),
  sample: { sku: 'MILK-900', quantity: 2, unitPrice: 1999, category: 'baby', cart: 'c-7731' },
});
