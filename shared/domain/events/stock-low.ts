import * as z from 'zod';
import { defineEvent } from './define-event.ts';
import { Label } from './receipt.ts';

export const stockLow = defineEvent({
  type: 'stock.low',
  class: 'notice',
  summary: 'A product runs out, or came back, somewhere. About no customer.',
  version: 1,
  data: z.looseObject({ sku: Label, store: Label, left: z.number().min(0).max(1_000_000) }),
  sample: { sku: 'MILK-900', store: 'ams-01', left: 3 },
});
