import type { CustomerView } from '../customers/view.ts';
import { compileRule } from './compile-rule.ts';
import { operatorOf, partsOf, type Rule } from './registry.ts';
import type { TraitValue } from './trait.ts';

const clause = (rule: Rule): string => operatorOf(rule).describe(rule, partsOf(rule).map(bracketed));

/** Whether the sentence of this rule joins several; one that holds a single rule reads as that rule. */
const joins = (rule: Rule): boolean => {
  const [first, ...others] = partsOf(rule);
  return others.length > 0 || (first !== undefined && !('not' in rule) && joins(first));
};

/** What joins several stands in brackets inside another rule, and without them on its own. */
const bracketed = (rule: Rule, _index: number, siblings: readonly Rule[]): string =>
  joins(rule) && siblings.length > 1 ? `(${clause(rule)})` : clause(rule);

/** The rule as one English sentence: "Customers whose number of orders is at least 3." */
export const describe = (rule: Rule): string => `Customers ${clause(rule)}.`;

/** Why a customer is in or not: the rule's tree, answered node by node. */
export interface Explanation {
  readonly sentence: string;
  readonly answer: boolean;
  /** What the customer has; null where it has no value; absent where the node asks no value. */
  readonly actual?: TraitValue | null;
  /** The nodes within. */
  readonly parts: readonly Explanation[];
}

export function explain(view: CustomerView, rule: Rule): Explanation {
  const { actual } = operatorOf(rule);
  return {
    sentence: describe(rule),
    answer: compileRule(rule)(view),
    ...(actual === undefined ? {} : { actual: actual(rule, view) ?? null }),
    parts: partsOf(rule).map((part) => explain(view, part)),
  };
}
