import * as z from 'zod';
import { defineEvent } from './define-event.ts';
import { Amount, Label, Lines, ofExchange, ReceiptHead, receiptKey, SaleName } from './receipt.ts';

const Data = ReceiptHead.extend({
  /** Quantities are positive: how much came back, at the price that was paid out. */
  lines: Lines.default([]),
  /** The sale these goods were sold on, where the customer had the receipt: exactly its lines are undone. */
  sale: SaleName.optional(),
  /** In place of lines: everything of the sale that has not come back yet. */
  whole: z.literal(true).optional(),
  /**
   * What was paid out for the whole sale; left out, all that was paid for it. Without `whole`, money that went back
   * beside the lines or without any: shipping, goodwill. No goods come back for it.
   */
  amount: Amount.optional(),
  /** The half of an exchange that came back. */
  exchange: ofExchange,
  reason: Label.optional(),
});

/** What is wrong between the fields: where, and the way out. */
function misfit(data: z.output<typeof Data>): [path: string, error: string] | undefined {
  const { lines, sale, whole, amount } = data;
  // Of two of one name the first to come would stay, and the books would hang on which it was.
  if (sale !== undefined && receiptKey({ ...sale, part: 1 }) === receiptKey({ ...data, part: 1 }))
    return ['sale', 'names the return itself; a return has a receipt number of its own'];
  if (whole === undefined) {
    if (lines.length === 0 && amount === undefined)
      return ['lines', 'is missing; it takes an array, or send whole: true or an amount with the sale'];
    return amount !== undefined && sale === undefined
      ? ['sale', 'is missing; an amount needs the sale that it was paid back for']
      : undefined;
  }
  if (lines.length > 0) return ['lines', 'must not stand beside whole: true; send one of them'];
  return sale === undefined ? ['sale', 'is missing; whole: true needs the sale that came back'] : undefined;
}

export const returnRecorded = defineEvent({
  type: 'return.recorded',
  class: 'fact',
  summary: 'Goods came back and were paid out, with or without the receipt they were sold on.',
  version: 1,
  data: Data.superRefine((data, context) => {
    const found = misfit(data);
    if (found === undefined) return;
    const [path, message] = found;
    context.addIssue({ code: 'custom', path: [path], message });
  }),
  // An exchange is one receipt with two halves; the goods that were taken have its plain name.
  naturalKey: (data) => (data.exchange ? `returned/${receiptKey(data)}` : receiptKey(data)),
  sample: {
    store: 'ams-01',
    terminal: 'till-1',
    receipt: '000931',
    lines: [{ sku: 'MILK-900', quantity: 1, unitPrice: 1999, category: 'baby' }],
    sale: { store: 'ams-01', terminal: 'till-3', receipt: '000917' },
    reason: 'damaged',
  },
});
