import * as z from 'zod';
import { defineEvent } from './define-event.ts';
import { Label } from './receipt.ts';

export const couponShown = defineEvent({
  type: 'coupon.shown',
  class: 'signal',
  summary: 'Somebody saw a coupon on a page, in the app or on a screen in the shop.',
  version: 1,
  data: z.looseObject({ coupon: Label, campaign: Label.optional() }),
  sample: { coupon: 'SPRING-10', campaign: 'spring' },
});
