import * as z from 'zod';
import { defineEvent } from './define-event.ts';
import { Label, Lines, ofExchange, ReceiptHead, receiptKey, Tender } from './receipt.ts';

export const receiptCorrected = defineEvent({
  type: 'receipt.corrected',
  class: 'fact',
  summary:
    'A sale was told wrongly, or was edited: this is the whole receipt as it should have been. The highest revision counts in place of the sale, on the day of the sale.',
  version: 1,
  /** Store, terminal and receipt number are those of the sale; `occurredAt` is best when it was sold. */
  data: ReceiptHead.extend({
    part: z
      .int()
      .refine(
        (part) => part === 1,
        'is 1: a correction restates the whole receipt; void a longer one and send it anew',
      )
      .default(1),
    /** The sale itself is 0. A till counts 1, 2, 3; a shop sends when it changed the order, in epoch milliseconds. */
    revision: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
    lines: Lines,
    /** Left out, nobody knows any more what the receipt was paid with. */
    tender: Tender,
    /** As in the sale. */
    exchange: ofExchange,
    reason: Label.optional(),
  }),
  namedBy: 'store, terminal, receipt number and revision name it',
  naturalKey: (data) => `corrected/${data.revision}/${receiptKey(data)}`,
  sample: {
    store: 'ams-01',
    terminal: 'till-3',
    receipt: '000917',
    revision: 1,
    lines: [
      { sku: 'MILK-900', quantity: 2, unitPrice: 1899, category: 'baby' },
      { sku: 'APPLE-KG', quantity: 1.25, unitPrice: 240, discount: 50, category: 'fruit' },
    ],
    reason: 'price',
  },
});
