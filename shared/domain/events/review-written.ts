import * as z from 'zod';
import { defineEvent } from './define-event.ts';
import { Label } from './receipt.ts';

export const reviewWritten = defineEvent({
  type: 'review.written',
  class: 'fact',
  summary: 'A product was rated, with or without words.',
  version: 1,
  data: z.looseObject({
    sku: Label,
    /** Stars. */
    rating: z.int().min(1).max(5),
    category: Label.optional(),
    text: z.string().max(5_000).optional(),
  }),
  impersonal: ['sku', 'rating', 'category'],
  said: true,
  sample: { sku: 'MILK-900', rating: 4, text: 'Dissolves well, but the tin is hard to open.' },
});
