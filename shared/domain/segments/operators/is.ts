import * as z from 'zod';
import { type Comparison, defineComparison } from '../comparison.ts';
import { lead, regular } from '../samples.ts';
import { type TraitValue, worded } from '../trait.ts';

export type Is = Comparison<'is', TraitValue>;

export const is = defineComparison<'is', TraitValue>({
  word: 'is',
  summary: 'The trait is exactly this value.',
  kinds: ['number', 'text', 'boolean'],
  wanted: z.union([z.number(), z.string().max(200), z.boolean()], 'takes a number, a text, true or false'),
  named: (value) => [value],
  holds: (value) => (actual) => actual === value,
  describe: (trait, value) =>
    trait.kind === 'boolean'
      ? `who are ${value === true ? '' : 'not '}${trait.summary}`
      : `whose ${trait.summary} is ${worded(trait, value)}`,
  examples: [
    { rule: { trait: 'consent.email', is: 'granted' }, customer: regular, matches: true },
    { rule: { trait: 'enrolled', is: false }, customer: lead, matches: true },
    { rule: { trait: 'consent.sms', is: 'granted' }, customer: regular, matches: false },
    { rule: { trait: 'language', is: 'nl' }, customer: lead, matches: false },
  ],
});
