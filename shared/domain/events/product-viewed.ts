import * as z from 'zod';
import { defineEvent } from './define-event.ts';
import { Label } from './receipt.ts';

export const productViewed = defineEvent({
  type: 'product.viewed',
  class: 'signal',
  summary: 'A product page was opened.',
  version: 1,
  data: z.looseObject({ sku: Label, category: Label.optional() }),
  sample: { sku: 'MILK-900', category: 'baby' },
});
