import * as z from 'zod';
import type { Operator } from '../define-operator.ts';
import { lead, regular } from '../samples.ts';

export interface And<Rule> {
  readonly and: readonly Rule[];
}

export const and: Operator<And<unknown>> = {
  summary: 'Every rule within matches.',
  schema: (part) =>
    z.strictObject({ and: z.array(part, 'takes a list of rules').min(1, 'needs at least one rule') }),
  parts: (rule) => rule.and.map((part, index) => ({ path: `and.${index}`, rule: part })),
  compile: (_rule, parts) => (view) => parts.every((part) => part(view)),
  describe: (_rule, parts) => parts.join(' and '),
  examples: [
    {
      rule: {
        and: [
          { trait: 'enrolled', is: true },
          { trait: 'orders', atLeast: 2 },
        ],
      },
      customer: regular,
      matches: true,
    },
    { rule: { and: [{ everyone: true }, { trait: 'orders', atLeast: 2 }] }, customer: lead, matches: false },
  ],
};
