import * as z from 'zod';
import { type Comparison, defineComparison } from '../comparison.ts';
import { lead, regular } from '../samples.ts';
import { worded } from '../trait.ts';

export type AtMost = Comparison<'atMost', number>;

export const atMost = defineComparison<'atMost', number>({
  word: 'atMost',
  summary: 'The trait is this number or less.',
  kinds: ['number'],
  wanted: z.number('takes a number'),
  named: (most) => [most],
  holds: (most) => (actual) => typeof actual === 'number' && actual <= most,
  describe: (trait, most) => `whose ${trait.summary} is at most ${worded(trait, most)}`,
  examples: [
    { rule: { trait: 'recencyDays', atMost: 20 }, customer: regular, matches: true },
    { rule: { trait: 'spent', atMost: 0 }, customer: lead, matches: true },
    { rule: { trait: 'recencyDays', atMost: 19 }, customer: regular, matches: false },
    { rule: { trait: 'recencyDays', atMost: 90 }, customer: lead, matches: false },
  ],
});
