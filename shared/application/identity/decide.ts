import { keys } from '../../contracts/keys.ts';
import { type Known, type RefusedLink, resolve, type Web } from '../../domain/identity/components.ts';
import { type Decision, inEffect } from '../../domain/identity/decisions.ts';
import { type Member, MOST_PROFILES } from '../../domain/identity/membership.ts';
import type { LinkingRules } from '../../domain/identity/settings.ts';
import { Conflict, InvalidInput, NotFound } from '../../domain/kernel/errors.ts';
import type { CustomerId, ProfileId } from '../../domain/kernel/ids.ts';
import type { Table, Write } from '../../ports/table.ts';
import { knownIn, loadWeb, membershipOf, readItems, webWrites } from '../customers/membership-store.ts';

export interface DecidingDeps {
  readonly table: Table;
  readonly rules: LinkingRules;
  readonly now: string;
  /** Of the decision that is taken now. */
  readonly id: string;
}

/** What a decision changes. */
export interface Plan {
  readonly decision: Decision;
  /** The merge that is taken back. */
  readonly undoes?: string;
  /** The profiles of the customers concerned, as they are and as they would be. */
  readonly before: readonly (readonly ProfileId[])[];
  readonly after: readonly (readonly ProfileId[])[];
  readonly writes: readonly Write[];
  /** Links that join nobody, once it is taken. */
  readonly refused: readonly RefusedLink[];
}

/** Enough for every customer that was put together by hand; the item must not grow without end. */
const MOST_DECISIONS = 30;

/** Two customers become one, whatever was seen of them. */
export async function planMerge(
  deps: DecidingDeps,
  [a, b]: readonly [CustomerId, CustomerId],
): Promise<Plan> {
  const [left, right] = await Promise.all([profilesOf(deps.table, a), profilesOf(deps.table, b)]);
  if (left.includes(b)) throw new Conflict(`${a} and ${b} are one customer already`);
  const count = left.length + right.length;
  if (count > MOST_PROFILES)
    throw new Conflict(
      `Together they have ${count} profiles, at most ${MOST_PROFILES} are possible; take those out first that are somebody else's`,
    );
  return plan(deps, { kind: 'together', sides: [left, right] });
}

/** What a merge put together falls apart as it did before, and stays apart. */
export async function planTakingBack(deps: DecidingDeps, merge: string): Promise<Plan> {
  const record = await deps.table.get(keys.identityDecision(merge));
  if (record?.value['kind'] !== 'together') throw new NotFound('merge', merge);
  const { sides } = record.value as unknown as Decision;
  const items = await readItems(deps.table, sides.flat());
  const standing = [...items.values()].flatMap((item) => knownIn(item).decisions);
  if (!standing.some(({ id }) => id === merge))
    throw new Conflict(`The merge '${merge}' does not stand any more`);
  const later = standing.find((one) => one.id !== merge && isBuiltUpon(one, sides));
  if (later !== undefined)
    throw new Conflict(`The merge '${later.id}' was built upon it; take that back first`);
  return plan(deps, { kind: 'apart', sides, undoes: merge });
}

/** It put both sides, as one, together with somebody else. */
const isBuiltUpon = (later: Decision, sides: Decision['sides']): boolean =>
  later.kind === 'together' &&
  later.sides.some((group) => sides.every((side) => side.some((one) => group.includes(one))));

/** Profiles leave their customer, and stay apart from the rest of it. */
export async function planLeaving(
  deps: DecidingDeps,
  customer: CustomerId,
  profiles: readonly ProfileId[],
): Promise<Plan> {
  const all = await profilesOf(deps.table, customer);
  const leaving = all.filter((id) => profiles.includes(id));
  const rest = all.filter((id) => !profiles.includes(id));
  if (leaving.length < new Set(profiles).size || rest.length === 0)
    throw new InvalidInput(
      'invalid-field',
      'body.profiles',
      `body.profiles: name some of the customer's profiles, and not all of them: ${all.join(', ')}`,
    );
  return plan(deps, { kind: 'apart', sides: [leaving, rest] });
}

type Wish = Pick<Plan, 'undoes'> & Pick<Decision, 'kind' | 'sides'>;

async function plan({ table, rules, now, id }: DecidingDeps, { kind, sides, undoes }: Wish): Promise<Plan> {
  const loaded = await loadWeb(table, rules, sides.flat());
  if (loaded.web === undefined)
    throw new Conflict('These profiles hang together with too many others to be thought through');
  const stored = new Map(
    [...loaded.items].map(([one, item]) => [one, item === undefined ? [one] : idsIn(membershipOf(item))]),
  );
  const standsWith = (one: ProfileId) => stored.get(one) ?? [one];
  const standing = inEffect([...loaded.web.values()].flatMap(({ decisions }) => decisions)).filter(
    (one) => one.id !== undoes,
  );
  const decision: Decision = { id, kind, at: laterThan(standing, now), sides };
  const web = withDecisions(loaded.web, inEffect([...standing, decision]));
  const { memberships, refused } = resolve(web, rules);
  const concerned = new Set(sides.flat().flatMap(standsWith));
  return {
    decision,
    before: distinct([...concerned].map(standsWith)),
    after: distinct([...concerned].map((one) => idsIn(memberships.get(one) ?? []))),
    writes: webWrites(loaded, web, memberships),
    refused,
    ...(undoes === undefined ? {} : { undoes }),
  };
}

const distinct = (groups: readonly (readonly ProfileId[])[]): readonly (readonly ProfileId[])[] => [
  ...new Map(groups.filter(([first]) => first !== undefined).map((group) => [group.join(), group])).values(),
];

/** A web whose profiles carry just these decisions, each those about itself. */
const withDecisions = (web: Web, decisions: readonly Decision[]): Web =>
  new Map(
    [...web].map(([id, { links }]): [ProfileId, Known] => {
      const own = decisions.filter(({ sides }) => sides.flat().includes(id));
      if (own.length > MOST_DECISIONS)
        throw new Conflict(`More than ${MOST_DECISIONS} decisions were taken about ${id}`);
      return [id, { links, decisions: own }];
    }),
  );

/** Of two decisions the later counts, so none may have the time of another. */
const laterThan = (decisions: readonly Decision[], now: string): string => {
  const last = decisions.at(-1)?.at ?? '';
  return last < now ? now : new Date(Date.parse(last) + 1).toISOString();
};

const idsIn = (membership: readonly Member[]): readonly ProfileId[] => membership.map(({ id }) => id);

/** The profiles of somebody's customer, oldest first. */
export async function profilesOf(table: Table, profile: ProfileId): Promise<readonly ProfileId[]> {
  const item = await table.get(keys.membership(profile));
  if (item !== undefined) return idsIn(membershipOf(item));
  if ((await table.get(keys.aggregate(profile))) === undefined) throw new NotFound('customer', profile);
  return [profile];
}
