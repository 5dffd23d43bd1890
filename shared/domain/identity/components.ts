import { kindOf, type ProfileId } from '../kernel/ids.ts';
import { type Decision, decided, type Pair, pairOf } from './decisions.ts';
import { isLinking, type Links } from './links.ts';
import { byAge, type Member, type Membership, MOST_PROFILES } from './membership.ts';
import type { LinkingRules } from './settings.ts';

/** What stands about one profile: whom it was seen with, and what people said. */
export interface Known {
  readonly links: Links;
  readonly decisions: readonly Decision[];
}

/** Profiles that links in effect or decisions connect, all of them. */
export type Web = ReadonlyMap<ProfileId, Known>;

export type WhyRefused = 'two-members' | 'too-many-profiles' | 'kept-apart';

export interface RefusedLink {
  readonly pair: Pair;
  readonly at: number;
  readonly event: string;
  readonly reason: WhyRefused;
  /** The member numbers in question, where it is about two of them. */
  readonly members?: Pair;
}

export interface Resolved {
  readonly memberships: ReadonlyMap<ProfileId, Membership>;
  readonly refused: readonly RefusedLink[];
}

/** A link counts where both sides keep it, and neither is shared or of a kind that does not link. */
export const isInEffect = (a: ProfileId, b: ProfileId, web: Web, rules: LinkingRules): boolean =>
  keeps(web.get(a), b) &&
  keeps(web.get(b), a) &&
  [a, b].every((one) => isLinking(one, web.get(one)?.links ?? [], rules));

const keeps = (known: Known | undefined, other: ProfileId): boolean =>
  known?.links.some(([id]) => id === other) ?? false;

interface Edge {
  readonly pair: Pair;
  readonly at: number;
  readonly event: string;
}

/**
 * Who is one customer. A pure function of what was seen and decided: people's decisions join first, then the
 * links, oldest first, each unless something speaks against it. So it does not matter in which order any of it
 * arrived.
 */
export function resolve(web: Web, rules: LinkingRules): Resolved {
  const { together, apart } = decided([...web.values()].flatMap(({ decisions }) => decisions));
  const groups = new Map([...web.keys()].map((id) => [id, new Set([id])]));
  const since = new Map<ProfileId, number>();
  const join = ([a, b]: Pair, at: number): void => {
    for (const one of [a, b]) since.set(one, Math.min(at, since.get(one) ?? at));
    const [left, right] = [groups.get(a), groups.get(b)];
    if (left === undefined || right === undefined || left === right) return;
    for (const one of right) {
      left.add(one);
      groups.set(one, left);
    }
  };
  const objection = ([a, b]: Pair): WhyRefused | undefined => {
    const [left, right] = [groups.get(a), groups.get(b)];
    if (left === undefined || right === undefined || left === right) return undefined;
    if (areApart(apart, left, right)) return 'kept-apart';
    return left.size + right.size > MOST_PROFILES ? 'too-many-profiles' : undefined;
  };

  for (const { pair, at } of together) if (objection(pair) === undefined) join(pair, Date.parse(at));
  const refused: RefusedLink[] = [];
  for (const edge of edgesOf(web, rules)) {
    const members = twoMembers(groups, edge.pair);
    const reason = objection(edge.pair) ?? (members === undefined ? undefined : 'two-members');
    if (reason === undefined) join(edge.pair, edge.at);
    else refused.push({ ...edge, reason, ...(reason === 'two-members' && members ? { members } : {}) });
  }
  // Groups only grow, so what spoke against a link speaks against every other between the two.
  return { memberships: membershipsOf(web, groups, since, rules), refused };
}

function edgesOf(web: Web, rules: LinkingRules): readonly Edge[] {
  const edges = [...web].flatMap(([id, { links }]) =>
    links
      .filter(([other]) => id < other && isInEffect(id, other, web, rules))
      .map(([other, at, event]): Edge => ({ pair: pairOf(id, other), at, event })),
  );
  return edges.sort((a, b) => a.at - b.at || (a.pair.join() < b.pair.join() ? -1 : 1));
}

const areApart = (
  apart: readonly Pair[],
  left: ReadonlySet<ProfileId>,
  right: ReadonlySet<ProfileId>,
): boolean => apart.some(([a, b]) => (left.has(a) && right.has(b)) || (left.has(b) && right.has(a)));

/** A member number of each side: two people, as far as anybody can tell. */
function twoMembers(groups: ReadonlyMap<ProfileId, ReadonlySet<ProfileId>>, [a, b]: Pair): Pair | undefined {
  const [left, right] = [groups.get(a), groups.get(b)];
  if (left === right) return undefined;
  const [one, other] = [memberIn(left), memberIn(right)];
  return one === undefined || other === undefined ? undefined : pairOf(one, other);
}

const memberIn = (group: ReadonlySet<ProfileId> | undefined): ProfileId | undefined =>
  [...(group ?? [])].filter((id) => kindOf(id) === 'member').sort()[0];

function membershipsOf(
  web: Web,
  groups: ReadonlyMap<ProfileId, ReadonlySet<ProfileId>>,
  since: ReadonlyMap<ProfileId, number>,
  rules: LinkingRules,
): ReadonlyMap<ProfileId, Membership> {
  const memberOf = (id: ProfileId): Member => ({
    id,
    since: new Date(since.get(id) ?? firstHeard(web.get(id))).toISOString(),
  });
  const lists = new Map(
    [...new Set(groups.values())].map((group) => [group, [...group].map(memberOf).sort(byAge(rules))]),
  );
  return new Map(
    [...groups].map(([id, group]) => {
      // Every group has at least the profile that it began with.
      return [id, (lists.get(group) ?? [memberOf(id)]) as readonly Member[] as Membership];
    }),
  );
}

/** Of a profile that stands alone. */
const firstHeard = (known: Known | undefined): number =>
  known?.links[0]?.[1] ?? Date.parse(known?.decisions[0]?.at ?? new Date(0).toISOString());
