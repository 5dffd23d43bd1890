import { Basket } from './basket.ts';
import { defineEvent } from './define-event.ts';

export const cartViewed = defineEvent({
  type: 'cart.viewed',
  class: 'signal',
  summary: 'The basket was looked at.',
  version: 1,
  data: Basket,
  sample: { cart: 'c-7731', lines: [{ sku: 'MILK-900', quantity: 2, unitPrice: 1999, category: 'baby' }] },
});
