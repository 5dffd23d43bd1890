import type { CustomerId, ProfileId } from '../kernel/ids.ts';
import type { LinkingRules } from './settings.ts';

/** A profile, and since when it is known to belong to others. */
export interface Member {
  readonly id: ProfileId;
  readonly since: string;
}

/** The profiles of one customer, oldest first; the oldest one gives the customer its id. */
export type Membership = readonly [Member, ...Member[]];

export const MOST_PROFILES = 20;

export const customerOf = (membership: Membership): CustomerId => membership[0].id;

/** Oldest first; of one age the stronger kind, so that a member number gives the id and not a browser. */
export const byAge =
  ({ priority }: LinkingRules) =>
  (a: Member, b: Member): number =>
    compare(a.since, b.since) || strength(priority, a.id) - strength(priority, b.id) || compare(a.id, b.id);

const strength = (priority: LinkingRules['priority'], id: ProfileId): number =>
  priority.findIndex((kind) => id.startsWith(`${kind}_`));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
