import * as z from 'zod';
import { defineEvent } from './define-event.ts';
import { KeyLabel } from './receipt.ts';

export const householdChanged = defineEvent({
  type: 'household.changed',
  class: 'fact',
  summary:
    'The customer joined or left a household. Of each household the latest word counts; of several joined, the one joined last.',
  version: 1,
  data: z.looseObject({
    /** The number that the retailer gives it; shown as it is, so a family name has no place here. */
    household: KeyLabel,
    status: z.enum(['joined', 'left']),
  }),
  impersonal: ['household', 'status'],
  said: true,
  needsCustomer: true,
  sample: { household: 'H-2041', status: 'joined' },
});
