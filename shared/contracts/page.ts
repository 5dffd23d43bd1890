import * as z from 'zod';

/** How much of a long answer to give, and from where to go on: the cursor of the page before. */
export const Page = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
