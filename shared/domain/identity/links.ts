import { type IdentifierKind, kindOf, type ProfileId } from '../kernel/ids.ts';
import type { LinkingRules } from './settings.ts';

/** Another profile that this one was seen with, when first (epoch milliseconds), and the event that showed it. */
export type Link = readonly [other: ProfileId, at: number, event: string];

/** Oldest first; of each kind the oldest only, so that a shared card or kiosk grows no further. */
export type Links = readonly Link[];

/** Of the others of one kind so many are kept: one more than any limit, so that it shows when it is passed. */
export const KEPT_OF_A_KIND = 21;

export const noLinks: Links = [];

/**
 * The same list where this is nothing new. What is kept is a function of what was ever seen, whatever the order:
 * of each pair its earliest time, and of each kind the earliest pairs.
 */
export function withLink(links: Links, link: Link): Links {
  const [other, at] = link;
  const known = links.find(([id]) => id === other);
  if (known !== undefined && known[1] <= at) return links;
  const kind = kindOf(other);
  const all = [...links.filter(([id]) => id !== other), link].sort(oldestFirst);
  const newest = all.findLast(([id]) => kindOf(id) === kind);
  const isFull = all.filter(([id]) => kindOf(id) === kind).length > KEPT_OF_A_KIND;
  if (!isFull) return all;
  return newest === link ? links : all.filter((one) => one !== newest);
}

const oldestFirst = (a: Link, b: Link): number => a[1] - b[1] || (a[0] < b[0] ? -1 : 1);

/** True of an identifier that several people use: a family's phone, a kiosk, the card of a cashier. */
export function isShared(profile: ProfileId, links: Links, { limits }: LinkingRules): boolean {
  const limit = limits[kindOf(profile) ?? 'device'];
  const counts = new Map<IdentifierKind | undefined, number>();
  for (const [other] of links) {
    const kind = kindOf(other);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  counts.delete('device');
  return [...counts].some(([kind, count]) => count > (kind === 'member' ? limit.members : limit.others));
}

/** Whether what it was seen with joins it to others at all. */
export const isLinking = (profile: ProfileId, links: Links, rules: LinkingRules): boolean =>
  rules.linking.some((kind) => kind === kindOf(profile)) && !isShared(profile, links, rules);
