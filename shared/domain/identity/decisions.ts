import type { ProfileId } from '../kernel/ids.ts';

/**
 * A person's word on two groups of profiles: they are one customer, or they are not. It stands on every profile
 * of both groups.
 */
export interface Decision {
  readonly id: string;
  readonly kind: 'together' | 'apart';
  /** No two about one profile have the same. */
  readonly at: string;
  readonly sides: readonly [readonly ProfileId[], readonly ProfileId[]];
}

export type Pair = readonly [ProfileId, ProfileId];

export const pairOf = (a: ProfileId, b: ProfileId): Pair => (a < b ? [a, b] : [b, a]);

export interface Decided {
  readonly together: readonly { readonly pair: Pair; readonly at: string }[];
  readonly apart: readonly Pair[];
}

/** About each pair across two groups the latest word counts. */
export function decided(decisions: Iterable<Decision>): Decided {
  const words = [...latestWords(decisions).values()];
  return {
    together: words.flatMap(({ pair, decision: { kind, at } }) =>
      kind === 'together' ? [{ pair, at }] : [],
    ),
    apart: words.flatMap(({ pair, decision }) => (decision.kind === 'apart' ? [pair] : [])),
  };
}

/** Those that still have a word to say, oldest first. */
export const inEffect = (decisions: Iterable<Decision>): readonly Decision[] => {
  const standing = new Set([...latestWords(decisions).values()].map(({ decision }) => decision.id));
  return inOrder(decisions).filter(({ id }) => standing.has(id));
};

interface Word {
  readonly pair: Pair;
  readonly decision: Decision;
}

function latestWords(decisions: Iterable<Decision>): ReadonlyMap<string, Word> {
  const words = new Map<string, Word>();
  for (const decision of inOrder(decisions)) {
    const [left, right] = decision.sides;
    for (const a of left) {
      for (const b of right) {
        const pair = pairOf(a, b);
        words.delete(pair.join());
        words.set(pair.join(), { pair, decision });
      }
    }
  }
  return words;
}

/** Each once, oldest first. */
function inOrder(decisions: Iterable<Decision>): readonly Decision[] {
  const once = new Map([...decisions].map((decision) => [decision.id, decision]));
  return [...once.values()].sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1));
}
