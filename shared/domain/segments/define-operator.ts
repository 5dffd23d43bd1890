import type * as z from 'zod';
import type { CustomerView } from '../customers/view.ts';
import type { TraitValue } from './trait.ts';

export type Predicate = (view: CustomerView) => boolean;

/** What is wrong inside a rule: where, in dots from the rule itself, and the way out. */
export interface Complaint {
  readonly path: string;
  readonly message: string;
}

/** A rule inside a rule, and where it stands. */
export interface Part {
  readonly path: string;
  readonly rule: unknown;
}

/** Everything there is to know about one operator, in one module. */
export interface Operator<Rule> {
  /** One sentence for the reference page. */
  readonly summary: string;
  /** The shape of its rules; `part` is the schema of a rule within. */
  readonly schema: (part: z.ZodType) => z.ZodObject;
  /** What a shape cannot say. */
  readonly check?: (rule: Rule) => Complaint | undefined;
  readonly parts: (rule: Rule) => readonly Part[];
  /** Turns the rule into a function, once; `parts` are those of its parts, in order. */
  readonly compile: (rule: Rule, parts: readonly Predicate[]) => Predicate;
  /** Goes after 'Customers': 'whose number of orders is at least 3'. */
  readonly describe: (rule: Rule, parts: readonly string[]) => string;
  /** What the customer has, where the rule is about a value. */
  readonly actual?: (rule: Rule, view: CustomerView) => TraitValue | undefined;
  /** Run as tests and shown in the reference page. */
  readonly examples: readonly {
    readonly rule: unknown;
    readonly customer: CustomerView;
    readonly matches: boolean;
  }[];
}

/** For operators without rules within. */
export const noParts = (): readonly Part[] => [];
