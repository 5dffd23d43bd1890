import * as z from 'zod';
import { defineEvent } from './define-event.ts';
import { KeyLabel, Label, Lines, ReceiptHead, receiptKey } from './receipt.ts';

export const returnRecorded = defineEvent({
  type: 'return.recorded',
  class: 'fact',
  summary: 'Goods came back and were paid out, with or without the receipt they were sold on.',
  version: 1,
  data: ReceiptHead.extend({
    /** Quantities are positive: how much came back, at the price that was paid out. */
    lines: Lines,
    /** The sale these goods were sold on, where the customer had the receipt: exactly its lines are undone. */
    sale: z.looseObject({ store: KeyLabel, terminal: KeyLabel.default('1'), receipt: KeyLabel }).optional(),
    reason: Label.optional(),
  }),
  naturalKey: receiptKey,
  sample: {
    store: 'ams-01',
    terminal: 'till-1',
    receipt: '000931',
    lines: [{ sku: 'MILK-900', quantity: 1, unitPrice: 1999, category: 'baby' }],
    sale: { store: 'ams-01', terminal: 'till-3', receipt: '000917' },
    reason: 'damaged',
  },
});
