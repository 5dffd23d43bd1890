import * as z from 'zod';
import { defineEvent } from './define-event.ts';

export const pageViewed = defineEvent({
  type: 'page.viewed',
  class: 'signal',
  summary: 'A page of the shop or app was opened.',
  version: 1,
  data: z.looseObject({ path: z.string().min(1).max(500), title: z.string().max(200).optional() }),
  sample: { path: '/sale/spring', title: 'Spring sale' },
});
