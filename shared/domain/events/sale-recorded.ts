import { defineEvent } from './define-event.ts';
import { Lines, ofExchange, ReceiptHead, receiptKey, Tender } from './receipt.ts';

export const saleRecorded = defineEvent({
  type: 'sale.recorded',
  class: 'fact',
  summary: 'Goods were sold: one receipt of a till, or one order of a shop.',
  version: 1,
  data: ReceiptHead.extend({
    lines: Lines,
    /** Taken in exchange for goods that came back: no new order. */
    exchange: ofExchange,
    tender: Tender,
  }),
  naturalKey: receiptKey,
  sample: {
    store: 'ams-01',
    terminal: 'till-3',
    receipt: '000917',
    channel: 'store',
    currency: 'EUR',
    lines: [
      { sku: 'MILK-900', quantity: 2, unitPrice: 1999, category: 'baby' },
      { sku: 'APPLE-KG', quantity: 1.25, unitPrice: 240, discount: 50, category: 'fruit' },
    ],
    tender: [{ kind: 'card', amount: 4248 }],
  },
});
