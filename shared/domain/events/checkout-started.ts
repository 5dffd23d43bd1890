import { Basket } from './basket.ts';
import { defineEvent } from './define-event.ts';
import { Amount } from './receipt.ts';

export const checkoutStarted = defineEvent({
  type: 'checkout.started',
  class: 'signal',
  summary: 'Somebody went to pay; whether it became a sale is told by the sale.',
  version: 1,
  data: Basket.extend({
    /** What there would be to pay, minor units. */
    value: Amount.optional(),
  }),
  sample: { cart: 'c-7731', value: 3998, lines: [{ sku: 'MILK-900', quantity: 2, unitPrice: 1999 }] },
});
