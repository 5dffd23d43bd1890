import * as z from 'zod';
import type { CustomerView } from '../../customers/view.ts';
import { fractionOf } from '../../kernel/fraction.ts';
import { noParts, type Operator } from '../define-operator.ts';
import { lead, regular } from '../samples.ts';

export interface RandomSample {
  /** The share of all customers. */
  readonly random: number;
  /** Another seed draws other customers. */
  readonly seed: string;
}

/** The prefix keeps the draw apart from the hold-out of a campaign that is called like the seed. */
const drawOf = ({ seed }: RandomSample, { id }: CustomerView): number => fractionOf(`sample/${seed}/${id}`);

export const random: Operator<RandomSample> = {
  summary: 'A stable random sample: the same customers every time, and a larger share contains the smaller.',
  schema: () =>
    z.strictObject({
      random: z
        .number('takes a share such as 0.1')
        .gt(0, 'must be above 0')
        .max(1, 'is a share up to 1: 0.1 for 10 %'),
      seed: z.string('takes a name such as "spring"').min(1, 'must not be empty').max(100),
    }),
  parts: noParts,
  compile: (rule) => (view) => drawOf(rule, view) < rule.random,
  describe: ({ random: share, seed }) =>
    `in the random ${Number((share * 100).toPrecision(12))} % drawn by '${seed}'`,
  actual: drawOf,
  examples: [
    { rule: { random: 0.8, seed: 'spring' }, customer: lead, matches: true },
    { rule: { random: 0.8, seed: 'spring' }, customer: regular, matches: false },
  ],
};
