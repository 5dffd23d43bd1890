import * as z from 'zod';
import { type Comparison, defineComparison } from '../comparison.ts';
import { lead, regular } from '../samples.ts';
import { worded } from '../trait.ts';

export type AtLeast = Comparison<'atLeast', number>;

export const atLeast = defineComparison<'atLeast', number>({
  word: 'atLeast',
  summary: 'The trait is this number or more.',
  kinds: ['number'],
  wanted: z.number('takes a number'),
  named: (least) => [least],
  holds: (least) => (actual) => typeof actual === 'number' && actual >= least,
  describe: (trait, least) => `whose ${trait.summary} is at least ${worded(trait, least)}`,
  examples: [
    { rule: { trait: 'store.ams-01.net', atLeast: 5_000 }, customer: regular, matches: true },
    { rule: { trait: 'orders', atLeast: 4 }, customer: regular, matches: true },
    { rule: { trait: 'churn.probability', atLeast: 0.6 }, customer: regular, matches: false },
    { rule: { trait: 'recencyDays', atLeast: 0 }, customer: lead, matches: false },
  ],
});
