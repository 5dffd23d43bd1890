import { defineEvent } from './define-event.ts';
import { Label, ReceiptHead, receiptKey } from './receipt.ts';

export const saleVoided = defineEvent({
  type: 'sale.voided',
  class: 'fact',
  summary:
    'A receipt was cancelled after it was closed. Of a sale all is undone, the order too, on the day of the sale; a return or exchange is as if it had never been.',
  version: 1,
  /** Store, terminal and receipt number are those of the sale, return or exchange. */
  data: ReceiptHead.pick({ store: true, terminal: true, receipt: true, sequence: true }).extend({
    reason: Label.optional(),
  }),
  namedBy: 'store, terminal and receipt number name it',
  naturalKey: (sale) => `void/${receiptKey({ ...sale, part: 1 })}`,
  sample: { store: 'ams-01', terminal: 'till-3', receipt: '000917', reason: 'wrong customer' },
});
