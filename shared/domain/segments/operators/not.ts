import * as z from 'zod';
import type { Operator } from '../define-operator.ts';
import { lead, regular } from '../samples.ts';

export interface Not<Rule> {
  readonly not: Rule;
}

export const not: Operator<Not<unknown>> = {
  summary: 'The rule within does not match; customers without a value are therefore in.',
  schema: (part) => z.strictObject({ not: part }),
  parts: (rule) => [{ path: 'not', rule: rule.not }],
  compile:
    (_rule, [part]) =>
    (view) =>
      part?.(view) === false,
  describe: (_rule, parts) => `not (${parts.join()})`,
  examples: [
    { rule: { not: { trait: 'recencyDays', atMost: 90 } }, customer: lead, matches: true },
    { rule: { not: { trait: 'recencyDays', atMost: 90 } }, customer: regular, matches: false },
  ],
};
