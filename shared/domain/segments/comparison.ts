import * as z from 'zod';
import { type Complaint, noParts, type Operator } from './define-operator.ts';
import { findTrait, noSuchTrait } from './find-trait.ts';
import { suggestion } from './nearest.ts';
import { canBe, expected, type Trait, type TraitKind, type TraitValue } from './trait.ts';

/** {"trait": …, "<word>": …}: an operator that asks one trait. */
export type Comparison<Word extends string, Wanted> = { readonly trait: string } & {
  readonly [W in Word]: Wanted;
};

interface Spec<Word extends string, Wanted> {
  readonly word: Word;
  readonly summary: string;
  /** The kinds of traits that it can ask. */
  readonly kinds: readonly TraitKind[];
  readonly wanted: z.ZodType<Wanted>;
  /** The trait's values that the rule names; each must be one that the trait can have. */
  readonly named: (wanted: Wanted) => readonly TraitValue[];
  /** Made once for a rule; asked only where the trait has a value. */
  readonly holds: (wanted: Wanted) => (actual: TraitValue) => boolean;
  readonly describe: (trait: Trait, wanted: Wanted) => string;
  readonly examples: Operator<unknown>['examples'];
}

export const TraitName = z.string('name a trait, such as "recencyDays"').min(1).max(100);

export function traitOf(name: string): Trait {
  const trait = findTrait(name);
  if (trait === undefined) throw new Error(`No trait '${name}': only rules that were read may be used`);
  return trait;
}

/** Complains about names that no trait has. */
export const unknownTrait = (name: string): Complaint | undefined =>
  findTrait(name) === undefined ? { path: 'trait', message: noSuchTrait(name) } : undefined;

/** An operator that compares the value of one trait. A trait without a value matches no comparison. */
export function defineComparison<const Word extends string, Wanted>(
  spec: Spec<Word, Wanted>,
): Operator<Comparison<Word, Wanted>> {
  const { word, holds } = spec;
  return {
    summary: spec.summary,
    schema: () => z.strictObject({ trait: TraitName, [word]: spec.wanted }),
    check: (rule) => unknownTrait(rule.trait) ?? unfit(spec, traitOf(rule.trait), rule),
    parts: noParts,
    compile: (rule) => {
      const read = traitOf(rule.trait).of;
      const test = holds(rule[word]);
      return (view) => {
        const actual = read(view);
        return actual !== undefined && test(actual);
      };
    },
    describe: (rule) => spec.describe(traitOf(rule.trait), rule[word]),
    actual: (rule, view) => traitOf(rule.trait).of(view),
    examples: spec.examples,
  };
}

function unfit<Word extends string, Wanted>(
  { word, kinds, named }: Spec<Word, Wanted>,
  trait: Trait,
  rule: Comparison<Word, Wanted>,
): Complaint | undefined {
  if (!kinds.includes(trait.kind)) {
    const message = `'${rule.trait}' is a ${trait.kind} trait and ${word} compares ${kinds.join(' and ')} traits; use is${trait.kind === 'text' ? ' or in' : ''}`;
    return { path: word, message };
  }
  const wrong = named(rule[word]).find((value) => !canBe(trait, value));
  if (wrong === undefined) return undefined;
  const hint = trait.kind === 'text' ? suggestion(String(wrong), trait.values ?? []) : '';
  return {
    path: word,
    message: `'${rule.trait}' is never ${JSON.stringify(wrong)}${hint}; compare it with ${expected(trait)}`,
  };
}
