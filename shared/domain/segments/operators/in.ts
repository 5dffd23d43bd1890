import * as z from 'zod';
import { type Comparison, defineComparison } from '../comparison.ts';
import { lead, regular } from '../samples.ts';
import { type TraitValue, worded } from '../trait.ts';

export type In = Comparison<'in', readonly (number | string)[]>;

/** Enough for every store of a large chain; longer lists belong into a trait. */
const MOST_VALUES = 1_000;

const list = new Intl.ListFormat('en', { type: 'disjunction' });

export const inList = defineComparison<'in', readonly (number | string)[]>({
  word: 'in',
  summary: 'The trait is one of these values.',
  kinds: ['number', 'text'],
  wanted: z
    .array(z.union([z.number(), z.string().max(200)], 'takes numbers or texts'), 'takes a list of values')
    .min(1, 'needs at least one value')
    .max(MOST_VALUES, `takes at most ${MOST_VALUES} values`),
  named: (values) => values,
  holds: (values) => {
    const wanted = new Set<TraitValue>(values);
    return (actual) => wanted.has(actual);
  },
  describe: (trait, values) =>
    `whose ${trait.summary} is ${list.format(values.map((value) => worded(trait, value)))}`,
  examples: [
    { rule: { trait: 'rfm.cell', in: ['champions', 'loyal'] }, customer: regular, matches: true },
    { rule: { trait: 'rfm.recency', in: [1, 2] }, customer: regular, matches: false },
    { rule: { trait: 'rfm.cell', in: ['champions', 'loyal'] }, customer: lead, matches: false },
  ],
});
