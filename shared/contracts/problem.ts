import * as z from 'zod';

/** RFC 9457 problem details, some with more fields; `code` is stable and for machines, `detail` names the way out. */
export const Problem = z.looseObject({
  type: z.string().meta({ example: 'urn:clientele:problem:invalid-field' }),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  /** The field, in dots. */
  path: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;
