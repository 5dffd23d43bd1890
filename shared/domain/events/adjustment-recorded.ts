import * as z from 'zod';
import { fitsDecimals } from '../kernel/money.ts';
import { defineEvent } from './define-event.ts';
import { Label, ReceiptHead, receiptKey } from './receipt.ts';

const Signed = z.number().min(-1_000_000_000_000).max(1_000_000_000_000).refine(fitsDecimals, 'takes at most 4 decimals');

export const adjustmentRecorded = defineEvent({
  type: 'adjustment.recorded',
  class: 'fact',
  summary: 'The books were set right without a sale: stock written off or found, a bad debt.',
  version: 1,
  data: ReceiptHead.extend({
    kind: z.enum(['stock', 'books']),
    lines: z
      .array(z.looseObject({ sku: Label, quantity: Signed, unitPrice: Signed, note: z.string().max(200).optional() }))
      .min(1)
      .max(1_000),
  }),
  naturalKey: receiptKey,
  sample: {
    store: 'ams-01',
    terminal: 'office',
    receipt: 'inv-77',
    kind: 'stock',
    lines: [{ sku: 'MILK-900', quantity: -3, unitPrice: 0, note: 'leaking' }],
  },
});
