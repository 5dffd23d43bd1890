import { keys } from '../../contracts/keys.ts';
import { isInEffect, type Known, type Resolved, type Web } from '../../domain/identity/components.ts';
import type { Decision } from '../../domain/identity/decisions.ts';
import { isLinking, type Links, noLinks } from '../../domain/identity/links.ts';
import type { Membership } from '../../domain/identity/membership.ts';
import type { LinkingRules } from '../../domain/identity/settings.ts';
import type { ProfileId } from '../../domain/kernel/ids.ts';
import type { Item, Table, Write } from '../../ports/table.ts';

/** What the membership item of a profile holds; links and decisions are left out where there are none. */
interface StoredIdentity {
  readonly profiles: Membership;
  readonly links?: Links;
  readonly decisions?: readonly Decision[];
}

const storedIn = ({ value }: Item): StoredIdentity => value as unknown as StoredIdentity;

export const membershipOf = (item: Item): Membership => storedIn(item).profiles;

/** A membership of one that somebody else left, or undefined: the profile stands alone. */
export const isAlone = (item: Item | undefined): boolean =>
  item === undefined || membershipOf(item).length === 1;

export const knownIn = (item: Item | undefined): Known =>
  item === undefined
    ? { links: noLinks, decisions: [] }
    : { links: storedIn(item).links ?? noLinks, decisions: storedIn(item).decisions ?? [] };

/** Whoever is one customer with it now is to be worked out with it, also where changed settings hold them together no more. */
const matesOf = (item: Item | undefined): readonly ProfileId[] =>
  item === undefined ? [] : membershipOf(item).map(({ id }) => id);

/** More than this many profiles in one web, or looked at on the way, and nobody recomputes it. */
export const MOST_IN_WEB = 90;
const MOST_LOOKED_AT = 500;

/** Profiles as they were read, as they are to be, and those of them that hang together. */
export interface LoadedWeb {
  readonly items: ReadonlyMap<ProfileId, Item | undefined>;
  /** Everything that was looked at. */
  readonly known: Web;
  /** Closed: whatever is joined with one of them is among them. Undefined where it is too large. */
  readonly web: Web | undefined;
}

/** What stands about these profiles; a version goes with what was read. */
export async function readItems(
  table: Table,
  ids: readonly ProfileId[],
): Promise<Map<ProfileId, Item | undefined>> {
  const found = await table.getMany(ids.map(keys.membership));
  return new Map(ids.map((id, index) => [id, found[index]]));
}

interface Begun {
  /** What was read before. */
  readonly items?: ReadonlyMap<ProfileId, Item | undefined>;
  /** What is to stand about a profile instead. */
  readonly changes?: ReadonlyMap<ProfileId, Known>;
}

/**
 * Reads what hangs together with these profiles, through links in effect and people's decisions. What is shared
 * by many is looked at, and nothing is read through it.
 */
export async function loadWeb(
  table: Table,
  rules: LinkingRules,
  seeds: readonly ProfileId[],
  { items: before = new Map(), changes = new Map() }: Begun = {},
): Promise<LoadedWeb> {
  const items = new Map(before);
  const knownOf = (id: ProfileId): Known => changes.get(id) ?? knownIn(items.get(id));
  const known = new Map([...items.keys()].map((id) => [id, knownOf(id)]));
  const read = async (ids: readonly ProfileId[]): Promise<void> => {
    const unread = [...new Set(ids)].filter((id) => !items.has(id));
    for (const [id, item] of await readItems(table, unread)) {
      items.set(id, item);
      known.set(id, knownOf(id));
    }
  };
  const web = new Map<ProfileId, Known>();
  let frontier: readonly ProfileId[] = [...new Set(seeds)];
  while (frontier.length > 0) {
    await read(frontier);
    for (const id of frontier) web.set(id, knownOf(id));
    const mates = frontier
      .flatMap((id) => matesOf(items.get(id)).map((to): Step => ({ from: id, to, isDecided: true })))
      .filter(({ to }) => !web.has(to));
    const steps = [...mates, ...frontier.flatMap((id) => stepsFrom(id, knownOf(id), rules))];
    // The same profile is often told many times: by its links, and by every decision of every mate.
    const unread = new Set(steps.flatMap(({ to }) => (items.has(to) ? [] : [to])));
    if (web.size > MOST_IN_WEB || items.size + unread.size > MOST_LOOKED_AT)
      return { items, known, web: undefined };
    await read([...unread]);
    const joined = steps.filter(({ from, to, isDecided }) => isDecided || isInEffect(from, to, known, rules));
    frontier = [...new Set(joined.map(({ to }) => to).filter((id) => !web.has(id)))];
  }
  return { items, known, web };
}

interface Step {
  readonly from: ProfileId;
  readonly to: ProfileId;
  readonly isDecided: boolean;
}

function stepsFrom(from: ProfileId, { links, decisions }: Known, rules: LinkingRules): Step[] {
  const together = decisions.filter(({ kind }) => kind === 'together').flatMap(({ sides }) => sides.flat());
  return [
    ...together.map((to) => ({ from, to, isDecided: true })),
    ...(isLinking(from, links, rules) ? links.map(([to]) => ({ from, to, isDecided: false })) : []),
  ];
}

/**
 * Puts for every profile of a web, over the versions that were read, also where nothing changes: so two writers
 * whose webs touch cannot both be right, and one reads again.
 */
export const webWrites = (
  { items }: Pick<LoadedWeb, 'items'>,
  web: Web,
  memberships: Resolved['memberships'],
): readonly Write[] =>
  [...web].map(([id, known]) => identityWrite(id, known, memberships.get(id), items.get(id)));

export function identityWrite(
  id: ProfileId,
  { links, decisions }: Known,
  membership: Membership | undefined,
  item: Item | undefined,
): Write {
  return {
    put: keys.membership(id),
    value: {
      profiles: membership,
      ...(links.length === 0 ? {} : { links }),
      ...(decisions.length === 0 ? {} : { decisions }),
    },
    if: item === undefined ? 'absent' : { version: item.version },
  };
}
