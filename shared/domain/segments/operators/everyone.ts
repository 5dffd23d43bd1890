import * as z from 'zod';
import { noParts, type Operator } from '../define-operator.ts';
import { lead, regular } from '../samples.ts';

export interface Everyone {
  readonly everyone: true;
}

export const everyone: Operator<Everyone> = {
  summary: 'Every customer. Nobody is {"not": {"everyone": true}}.',
  schema: () => z.strictObject({ everyone: z.literal(true, 'takes only true') }),
  parts: noParts,
  compile: () => () => true,
  describe: () => 'of any kind',
  examples: [
    { rule: { everyone: true }, customer: regular, matches: true },
    { rule: { everyone: true }, customer: lead, matches: true },
  ],
};
