import * as z from 'zod';

/** Keys of long names in any script are long themselves: it holds one of three names of 64 characters. */
export const Cursor = z
  .string()
  .max(2_000)
  .meta({ description: 'Of the answer before, to go on from there.' });

/** How much of a long answer to give, and from where to go on: the cursor of the page before. */
export const Page = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: Cursor.optional(),
});
