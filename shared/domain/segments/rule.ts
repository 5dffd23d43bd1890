import * as z from 'zod';
import { slipIn } from './read-rule.ts';
import { operators, operatorWords, type Rule as RuleTree } from './registry.ts';

export type Rule = RuleTree;

/** The shape of rules of any depth, for the reference page; `slipIn` finds what it cannot say. */
const shape: z.ZodType<Rule> = z
  .lazy(
    () => z.union(operatorWords.map((word) => operators[word].schema(shape))) as unknown as z.ZodType<Rule>,
  )
  .meta({
    id: 'Rule',
    description: 'A question about a customer: and, or, not, or a comparison of one trait.',
  });

/** A rule as a field of something larger; complains with the path of the slip. */
export const Rule = z.preprocess((raw, context) => {
  const slip = slipIn(raw);
  if (slip !== undefined) {
    const path = slip.path === '' ? [] : slip.path.split('.');
    context.issues.push({ code: 'custom', input: raw, path, message: slip.message });
  }
  return raw;
}, shape);
