import * as z from 'zod';
import { type Comparison, TraitName, traitOf, unknownTrait } from '../comparison.ts';
import { type Complaint, noParts, type Operator } from '../define-operator.ts';
import { lead, regular } from '../samples.ts';
import { expected } from '../trait.ts';

export type Exists = Comparison<'exists', boolean>;

/** Asking whether a sum exists would say yes to everybody: the author meant its amount. */
function alwaysThere({ trait: name }: Exists): Complaint | undefined {
  const trait = traitOf(name);
  if (trait.kind === 'number' && trait.always === true) {
    return {
      path: 'exists',
      message: `'${name}' always has a value; use atLeast or atMost with ${expected(trait)}`,
    };
  }
  if (trait.always !== true) return undefined;
  return { path: 'exists', message: `'${name}' always has a value; use is with ${expected(trait)}` };
}

export const exists: Operator<Exists> = {
  summary: 'The trait has a value (true), or has none (false).',
  schema: () => z.strictObject({ trait: TraitName, exists: z.boolean('takes true or false') }),
  check: (rule) => unknownTrait(rule.trait) ?? alwaysThere(rule),
  parts: noParts,
  compile: ({ trait, exists: wanted }) => {
    const read = traitOf(trait).of;
    return (view) => (read(view) !== undefined) === wanted;
  },
  describe: ({ trait, exists: wanted }) => `whose ${traitOf(trait).summary} is ${wanted ? '' : 'not '}known`,
  actual: ({ trait }, view) => traitOf(trait).of(view),
  examples: [
    { rule: { trait: 'language', exists: true }, customer: regular, matches: true },
    { rule: { trait: 'recencyDays', exists: false }, customer: lead, matches: true },
    { rule: { trait: 'value.lifetime', exists: true }, customer: regular, matches: false },
    { rule: { trait: 'churn.probability', exists: true }, customer: lead, matches: false },
  ],
};
