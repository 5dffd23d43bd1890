import type { Operator } from './define-operator.ts';
import { type And, and } from './operators/and.ts';
import { type AtLeast, atLeast } from './operators/at-least.ts';
import { type AtMost, atMost } from './operators/at-most.ts';
import { type Everyone, everyone } from './operators/everyone.ts';
import { type Exists, exists } from './operators/exists.ts';
import { type In, inList } from './operators/in.ts';
import { type Is, is } from './operators/is.ts';
import { type Not, not } from './operators/not.ts';
import { type Or, or } from './operators/or.ts';
import { type RandomSample, random } from './operators/random.ts';

/** A question about one customer, as JSON. A new operator is one module and its mentions in this file. */
export type Rule =
  | And<Rule>
  | Or<Rule>
  | Not<Rule>
  | Everyone
  | RandomSample
  | AtLeast
  | AtMost
  | Is
  | In
  | Exists;

type KeyOf<R> = R extends unknown ? keyof R : never;

/** The word that tells rules apart. */
export type OperatorWord = Exclude<KeyOf<Rule>, 'trait' | 'seed'>;

/** By word; a rule without its operator does not compile. */
export const operators = {
  and,
  or,
  not,
  everyone,
  random,
  atLeast,
  atMost,
  is,
  in: inList,
  exists,
} as const satisfies { readonly [W in OperatorWord]: Operator<never> };

export const operatorWords = Object.keys(operators) as [OperatorWord, ...OperatorWord[]];

export const isOperatorWord = (word: string): word is OperatorWord => Object.hasOwn(operators, word);

/** The operator of a rule that was read. */
export function operatorOf(rule: Rule): Operator<Rule> {
  const word = Object.keys(rule).find(isOperatorWord);
  if (word === undefined) throw new Error('No operator: only rules that were read may be used');
  // The word was just found on this rule, so the operator is that of the rule; TypeScript cannot follow.
  return operators[word] as unknown as Operator<Rule>;
}

/** The rules within, in order. */
export const partsOf = (rule: Rule): readonly Rule[] =>
  // What was read has rules, and nothing else, within.
  operatorOf(rule)
    .parts(rule)
    .map((part) => part.rule as Rule);
