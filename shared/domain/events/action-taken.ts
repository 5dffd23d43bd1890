import * as z from 'zod';
import { defineEvent } from './define-event.ts';

export const actionTaken = defineEvent({
  type: 'action.taken',
  class: 'signal',
  summary: 'Something else that the shop or app has a name for, such as a video that was played.',
  version: 1,
  data: z.looseObject({ name: z.string().trim().min(1).max(128) }),
  sample: { name: 'Store Finder Opened' },
});
