import * as z from 'zod';
import { defineEvent } from './define-event.ts';

export const productsSearched = defineEvent({
  type: 'products.searched',
  class: 'signal',
  summary: 'Somebody searched for products.',
  version: 1,
  data: z.looseObject({ query: z.string().trim().min(1).max(200) }),
  sample: { query: 'baby milk' },
});
