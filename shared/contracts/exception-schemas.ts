import * as z from 'zod';
import { exceptionKinds } from '../domain/returns/exceptions.ts';
import { Page } from './page.ts';

/** The name of a sale has three names of 64 characters in it, which may be of four bytes each. */
const LONGEST = 2_000;

export const ExceptionId = z.object({ id: z.string().min(1).max(LONGEST) });

export const ExceptionQuery = Page.extend({
  kind: z.enum(exceptionKinds).optional(),
  /** A page may hold fewer than its limit; the cursor says whether there are more. */
  state: z.enum(['open', 'settled', 'all']).default('open'),
});

export const Settlement = z.strictObject({
  /** What was found out and done. No personal data: it is kept in the clear. */
  note: z.string().trim().min(1, 'is empty; say what was found out').max(500),
});

export const ExceptionAnswer = z.object({
  id: z.string(),
  kind: z.enum(exceptionKinds),
  /** The receipt that was named. */
  sale: z.object({ store: z.string(), terminal: z.string(), receipt: z.string() }),
  /** When the first of the claims happened. */
  since: z.string(),
  /** Of all claims, minor units. Settling changes no money. */
  amount: z.int(),
  claims: z.array(
    z.object({
      /** The id of the return or void. */
      id: z.string(),
      sku: z.string().optional(),
      units: z.number().optional(),
      amount: z.int().optional(),
    }),
  ),
  settled: z.object({ note: z.string(), by: z.string(), at: z.string() }).optional(),
});
export type ExceptionAnswer = z.infer<typeof ExceptionAnswer>;

export const ExceptionList = z.object({
  exceptions: z.array(ExceptionAnswer),
  cursor: z.string().optional(),
});
