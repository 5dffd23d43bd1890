import type { CustomerView } from '../customers/view.ts';
import type { Predicate } from './define-operator.ts';
import { operatorOf, partsOf, type Rule } from './registry.ts';

/** Turns a rule into a function, once for a whole audience. */
export const compileRule = (rule: Rule): Predicate =>
  operatorOf(rule).compile(rule, partsOf(rule).map(compileRule));

/** Whether one customer is in; for many, compile the rule once. */
export const matches = (view: CustomerView, rule: Rule): boolean => compileRule(rule)(view);
