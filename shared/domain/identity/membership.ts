import type { CustomerId, ProfileId } from '../kernel/ids.ts';

/** A profile and when it was first seen. */
export interface Member {
  readonly id: ProfileId;
  readonly since: string;
}

/** The profiles of one customer, oldest first; the oldest one gives the customer its id. */
export type Membership = readonly [Member, ...Member[]];

export const MOST_PROFILES = 20;

export const customerOf = (membership: Membership): CustomerId => membership[0].id;

export type Joined =
  | { readonly status: 'joined'; readonly membership: Membership }
  | { readonly status: 'same' }
  /** Two people, as far as anybody can tell, or a shared identifier: a person decides, not we. */
  | { readonly status: 'refused'; readonly reason: 'two-members' | 'too-many-profiles' };

const kindOf = (id: ProfileId): string => id.slice(0, id.indexOf('_'));

/** What it means that profiles of these two customers were seen together. */
export function join(a: Membership, b: Membership): Joined {
  const known = new Set(a.map(({ id }) => id));
  if (b.every(({ id }) => known.has(id))) return { status: 'same' };
  const all = [...a, ...b.filter(({ id }) => !known.has(id))];
  if (all.filter(({ id }) => kindOf(id) === 'member').length > 1)
    return { status: 'refused', reason: 'two-members' };
  if (all.length > MOST_PROFILES) return { status: 'refused', reason: 'too-many-profiles' };
  const oldestFirst = all.sort((x, y) => compare(x.since, y.since) || compare(x.id, y.id));
  // All of a are in it, so it is not empty; TypeScript cannot follow.
  return { status: 'joined', membership: oldestFirst as readonly Member[] as Membership };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
