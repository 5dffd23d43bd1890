import * as z from 'zod';
import { fitsDecimals } from '../kernel/money.ts';
import { defineEvent } from './define-event.ts';
import { isPayable, Label, MOST_MINOR, ReceiptHead, receiptKey } from './receipt.ts';

const Signed = z.number().min(-MOST_MINOR).max(MOST_MINOR).refine(fitsDecimals, 'takes at most 4 decimals');

const AdjustedLine = z
  .looseObject({ sku: Label, quantity: Signed, unitPrice: Signed, note: z.string().max(200).optional() })
  .refine(isPayable, { path: ['quantity'], error: 'times unitPrice is beyond 10^12 minor units' });

export const adjustmentRecorded = defineEvent({
  type: 'adjustment.recorded',
  class: 'fact',
  summary: 'The books were set right without a sale: stock written off or found, a bad debt.',
  version: 1,
  data: ReceiptHead.extend({
    kind: z.enum(['stock', 'books']),
    lines: z.array(AdjustedLine).min(1).max(1_000),
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
