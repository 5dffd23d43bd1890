import * as z from 'zod';
import { Slug } from '../kernel/ids.ts';
import { Rule } from './rule.ts';

/** A named audience. */
export const Segment = z.strictObject({
  id: Slug,
  name: z.string().trim().min(1, 'give the segment a name that people read').max(200),
  rule: Rule,
});
export type Segment = z.infer<typeof Segment>;
