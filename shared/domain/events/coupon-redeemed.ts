import * as z from 'zod';
import { defineEvent } from './define-event.ts';
import { KeyLabel, keyOf, Label, ReceiptHead, receiptKey } from './receipt.ts';

export const couponRedeemed = defineEvent({
  type: 'coupon.redeemed',
  class: 'fact',
  summary: 'A coupon was used. What it took off stands in the lines of the sale.',
  version: 1,
  data: z.looseObject({
    coupon: KeyLabel,
    campaign: Label.optional(),
    /** Where it was used, if that is known. */
    sale: ReceiptHead.pick({ store: true, terminal: true, receipt: true }).optional(),
  }),
  naturalKey: ({ coupon, sale }) =>
    sale === undefined ? undefined : `${keyOf('coupon', coupon)}/${receiptKey({ ...sale, part: 1 })}`,
  namedBy: 'coupon and sale name it; without a sale it needs one',
  sample: {
    coupon: 'SPRING-10-7F3K',
    campaign: 'spring',
    sale: { store: 'ams-01', terminal: 'till-3', receipt: '000917' },
  },
});
