import { defineEvent } from './define-event.ts';
import { Label, Lines, ReceiptHead, receiptKey, SaleName } from './receipt.ts';

const nameOf = (data: { readonly store: string; readonly terminal: string; readonly receipt: string }) =>
  receiptKey({ ...data, part: 1 });

export const exchangeRecorded = defineEvent({
  type: 'exchange.recorded',
  class: 'fact',
  summary:
    'Goods came back and others were taken, on one receipt. Kept as its two halves, a return.recorded and a sale.recorded that is no new order.',
  version: 1,
  data: ReceiptHead.extend({
    /** What was taken. Later returns name the receipt of the exchange as their sale. */
    lines: Lines,
    /** What came back, at the price that was given for it; quantities are positive. */
    returned: Lines,
    /** The sale that the goods which came back were sold on, where the customer had the receipt. */
    sale: SaleName.optional(),
    reason: Label.optional(),
  }).refine((data) => data.sale === undefined || nameOf(data.sale) !== nameOf(data), {
    path: ['sale'],
    error: 'names the exchange itself; it takes the receipt that the goods were sold on',
  }),
  naturalKey: receiptKey,
  expands: ({ returned, sale, reason, lines, ...head }) => [
    { type: 'sale.recorded', data: { ...head, lines, exchange: true } },
    {
      type: 'return.recorded',
      data: {
        ...head,
        lines: returned,
        exchange: true,
        ...(sale === undefined ? {} : { sale }),
        ...(reason === undefined ? {} : { reason }),
      },
    },
  ],
  sample: {
    store: 'ams-01',
    terminal: 'till-1',
    receipt: '000932',
    returned: [{ sku: 'COAT-M', quantity: 1, unitPrice: 8900, category: 'coats' }],
    sale: { store: 'ams-01', terminal: 'till-3', receipt: '000917' },
    lines: [{ sku: 'COAT-L', quantity: 1, unitPrice: 8900, category: 'coats' }],
    reason: 'size',
  },
});
