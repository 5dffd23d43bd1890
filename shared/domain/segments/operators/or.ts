import * as z from 'zod';
import type { Operator } from '../define-operator.ts';
import { lead, regular } from '../samples.ts';

export interface Or<Rule> {
  readonly or: readonly Rule[];
}

export const or: Operator<Or<unknown>> = {
  summary: 'At least one of the rules within matches.',
  schema: (part) =>
    z.strictObject({ or: z.array(part, 'takes a list of rules').min(1, 'needs at least one rule') }),
  parts: (rule) => rule.or.map((part, index) => ({ path: `or.${index}`, rule: part })),
  compile: (_rule, parts) => (view) => parts.some((part) => part(view)),
  describe: (_rule, parts) => parts.join(' or '),
  examples: [
    {
      rule: {
        or: [
          { trait: 'orders', atLeast: 100 },
          { trait: 'tier', is: 'gold' },
        ],
      },
      customer: regular,
      matches: true,
    },
    {
      rule: {
        or: [
          { trait: 'orders', atLeast: 1 },
          { trait: 'enrolled', is: true },
        ],
      },
      customer: lead,
      matches: false,
    },
  ],
};
