/** Something that was heard at an instant (UTC). */
export interface Heard {
  readonly at: string;
}

/** Of each name the latest word. */
export type Latest<T extends Heard> = Readonly<Record<string, T>>;

/** The later word; of two in one instant the one that is greater as text, so that it does not matter who came first. */
export const later = <T extends Heard>(a: T, b: T): T => {
  if (a.at !== b.at) return a.at > b.at ? a : b;
  return JSON.stringify(a) >= JSON.stringify(b) ? a : b;
};

/**
 * Adds what is known of some names, and keeps the `most` names that were heard of last. A commutative monoid: a
 * name that is let go had so many later ones beside it, and they only grow later.
 */
export function combineLatest<T extends Heard>(
  a: Latest<T>,
  b: Latest<T>,
  most: number,
  latest: (x: T, y: T) => T = later,
): Latest<T> {
  const all: Record<string, T> = { ...a };
  for (const [name, word] of Object.entries(b)) {
    const own = Object.hasOwn(all, name) ? all[name] : undefined;
    all[name] = own === undefined ? word : latest(own, word);
  }
  const words = Object.entries(all);
  if (words.length <= most) return all;
  return Object.fromEntries(words.sort(byTime).slice(-most));
}

const byTime = <T extends Heard>([a, x]: readonly [string, T], [b, y]: readonly [string, T]): number =>
  x.at === y.at ? (a < b ? -1 : 1) : x.at < y.at ? -1 : 1;
