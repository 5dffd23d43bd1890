import { fractionOf } from '../kernel/fraction.ts';

/**
 * An even sample of things with ids: those whose id has the smallest fractions (Cohen and Kaplan,
 * "Summarizing Data Using Bottom-k Sketches", PODC 2007). It holds everything below `bound` and nothing
 * else, so samples add up: a commutative monoid with `noEntries` as its zero. Every id is added once.
 */
export interface BottomK<T> {
  /** How many entries may be kept; of a sum, the sum of both. */
  readonly size: number;
  /** All entries with a fraction below this are here. 1 while nothing had to go. */
  readonly bound: number;
  readonly entries: readonly Entry<T>[];
}

export interface Entry<T> {
  readonly fraction: number;
  readonly id: string;
  readonly value: T;
}

export const noEntries: BottomK<never> = { size: 0, bound: 1, entries: [] };

/** A sample under construction; may hold a quarter more than its size until it is settled. */
export interface GrowingSample<T> {
  readonly size: number;
  bound: number;
  entries: Entry<T>[];
}

export const emptySample = <T>(size: number): GrowingSample<T> => ({ size, bound: 1, entries: [] });

/** Room above `size` before the surplus goes: sorting for every entry would cost more than it frees. */
const SLACK = 1.25;

/** Adds an entry in place, if it is small enough. */
export function addEntry<T>(sample: GrowingSample<T>, id: string, value: T): void {
  const fraction = fractionOf(id);
  if (fraction >= sample.bound) return;
  sample.entries.push({ fraction, id, value });
  if (sample.entries.length > sample.size * SLACK) Object.assign(sample, settled(sample));
}

/** Ascending by fraction and cut to size. Entries that share the fraction at the cut go together. */
export function settled<T>({ size, bound, entries }: BottomK<T>): BottomK<T> {
  const ascending = [...entries].sort(byFraction);
  const surplus = ascending[size];
  if (surplus === undefined) return { size, bound, entries: ascending };
  return { size, bound: surplus.fraction, entries: below(ascending, surplus.fraction) };
}

/** Adds samples of different things: what lies below both bounds is complete. */
export function combineSamples<T>(a: BottomK<T>, b: BottomK<T>): BottomK<T> {
  const [left, right] = [settled(a), settled(b)];
  const bound = Math.min(left.bound, right.bound);
  const entries = below([...left.entries, ...right.entries], bound).sort(byFraction);
  return { size: left.size + right.size, bound, entries };
}

/** The `k` smallest entries of a sample. */
export const smallest = <T>(sample: BottomK<T>, k: number): readonly Entry<T>[] =>
  settled(sample).entries.slice(0, k);

const below = <T>(entries: readonly Entry<T>[], bound: number): Entry<T>[] =>
  entries.filter(({ fraction }) => fraction < bound);

/** By fraction; ids decide between the few that share one, so that order never depends on arrival. */
const byFraction = <T>(a: Entry<T>, b: Entry<T>): number =>
  a.fraction - b.fraction || (a.id < b.id ? -1 : Number(a.id > b.id));
