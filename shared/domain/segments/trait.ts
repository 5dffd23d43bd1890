import type { CustomerView } from '../customers/view.ts';

export type TraitValue = number | string | boolean;

export type Unit = 'days' | 'minor units' | 'count' | 'probability' | 'quintile' | 'score';

interface Described {
  /** A noun phrase, for sentences and for the reference page. */
  readonly summary: string;
}

export interface NumberTrait extends Described {
  readonly kind: 'number';
  readonly unit: Unit;
  /** Values beyond it are refused in rules: 60 for 0.6 would otherwise let everybody in. */
  readonly range?: readonly [least: number, most: number];
  /** Counts and sums start at zero, so everybody has one. */
  readonly always?: true;
  readonly of: (view: CustomerView) => number | undefined;
}

export interface TextTrait extends Described {
  readonly kind: 'text';
  /** The closed set, where there is one. */
  readonly values?: readonly string[];
  readonly always?: true;
  readonly of: (view: CustomerView) => string | undefined;
}

export interface BooleanTrait extends Described {
  readonly kind: 'boolean';
  readonly always: true;
  readonly of: (view: CustomerView) => boolean;
}

/** One thing that a rule can ask about a customer. */
export type Trait = NumberTrait | TextTrait | BooleanTrait;
export type TraitKind = Trait['kind'];

/** What kind of value, and in which unit, for a message: 'a number of days', 'one of low, medium, high'. */
export function expected(trait: Trait): string {
  if (trait.kind === 'boolean') return 'true or false';
  if (trait.kind === 'text')
    return trait.values === undefined ? 'a text' : `one of ${trait.values.join(', ')}`;
  const { unit, range } = trait;
  const number = unit === 'days' || unit === 'minor units' ? `a number of ${unit}` : 'a number';
  return range === undefined ? number : `${number} from ${range[0]} to ${range[1]}`;
}

/** Whether the trait can ever have this value; a comparison with any other is a slip of the pen. */
export function canBe(trait: Trait, value: TraitValue): boolean {
  if (trait.kind === 'boolean') return typeof value === 'boolean';
  if (trait.kind === 'text') return typeof value === 'string' && (trait.values?.includes(value) ?? true);
  if (typeof value !== 'number') return false;
  return trait.range === undefined || (value >= trait.range[0] && value <= trait.range[1]);
}

/** '90 days', '5000 minor units', '0.6', 'champions'. */
export function worded(trait: Trait, value: TraitValue): string {
  if (trait.kind !== 'number' || (trait.unit !== 'days' && trait.unit !== 'minor units'))
    return String(value);
  return `${value} ${value === 1 ? trait.unit.slice(0, -1) : trait.unit}`;
}
