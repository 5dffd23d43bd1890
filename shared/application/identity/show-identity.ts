import type * as z from 'zod';
import type { IdentityAnswer, linkStates } from '../../contracts/identity-schemas.ts';
import { keys } from '../../contracts/keys.ts';
import { type Known, type RefusedLink, resolve } from '../../domain/identity/components.ts';
import { pairOf } from '../../domain/identity/decisions.ts';
import { isLinking, isShared } from '../../domain/identity/links.ts';
import { customerOf, type Membership } from '../../domain/identity/membership.ts';
import type { LinkingRules } from '../../domain/identity/settings.ts';
import { NotFound } from '../../domain/kernel/errors.ts';
import { type CustomerId, kindOf, type ProfileId } from '../../domain/kernel/ids.ts';
import type { Table } from '../../ports/table.ts';
import { knownIn, loadWeb, membershipOf } from '../customers/membership-store.ts';

type Answer = z.input<typeof IdentityAnswer>;
type LinkState = (typeof linkStates)[number];

/** Why these profiles are one customer. */
export async function showIdentity(table: Table, rules: LinkingRules, id: CustomerId): Promise<Answer> {
  const loaded = await loadWeb(table, rules, [id]);
  const item = loaded.items.get(id);
  if (item === undefined && (await table.get(keys.aggregate(id))) === undefined)
    throw new NotFound('customer', id);
  const members: Membership = item === undefined ? [{ id, since: '' }] : membershipOf(item);
  const knownOf = (profile: ProfileId): Known => loaded.known.get(profile) ?? knownIn(undefined);
  const profiles = new Set(members.map((member) => member.id));
  const refused = loaded.web === undefined ? [] : resolve(loaded.web, rules).refused;
  const shown = members.map(({ id: profile, since }) => {
    const { links } = knownOf(profile);
    return {
      id: profile,
      kind: kindOf(profile) ?? 'device',
      since,
      shared: isShared(profile, links, rules),
      links: links.map(([other, at, event]) => ({
        profile: other,
        at: new Date(at).toISOString(),
        event,
        state: profiles.has(other) ? 'joined' : stateOf(profile, other, knownOf, refused, rules),
      })),
    };
  });
  const decisions = members.flatMap((member) => knownOf(member.id).decisions);
  const once = [...new Map(decisions.map((decision) => [decision.id, decision])).values()];
  const records = await table.getMany(once.map((decision) => keys.identityDecision(decision.id)));
  return {
    id: customerOf(members),
    profiles: shown,
    decisions: once.map((decision, index) => ({ ...decision, ...words(records[index]?.value) })),
  };
}

function stateOf(
  a: ProfileId,
  b: ProfileId,
  knownOf: (id: ProfileId) => Known,
  refused: readonly RefusedLink[],
  rules: LinkingRules,
): LinkState {
  const found = refused.find(({ pair }) => pair.join() === pairOf(a, b).join());
  if (found !== undefined) return found.reason;
  if ([a, b].some((id) => isShared(id, knownOf(id).links, rules))) return 'shared';
  return [a, b].some((id) => !isLinking(id, knownOf(id).links, rules)) ? 'not-linking' : 'too-many-profiles';
}

/** Who decided, and why. */
const words = (record: Readonly<Record<string, unknown>> | undefined) => ({
  ...(typeof record?.['by'] === 'string' ? { by: record['by'] } : {}),
  ...(typeof record?.['note'] === 'string' ? { note: record['note'] } : {}),
});
