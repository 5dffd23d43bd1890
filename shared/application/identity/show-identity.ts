import type * as z from 'zod';
import type { IdentityAnswer, linkStates } from '../../contracts/identity-schemas.ts';
import { keys } from '../../contracts/keys.ts';
import { type Known, type RefusedLink, resolve } from '../../domain/identity/components.ts';
import { type Decision, pairOf } from '../../domain/identity/decisions.ts';
import { isLinking, isShared } from '../../domain/identity/links.ts';
import { customerOf, type Membership } from '../../domain/identity/membership.ts';
import type { LinkingRules } from '../../domain/identity/settings.ts';
import { NotFound } from '../../domain/kernel/errors.ts';
import { type CustomerId, kindOf, type ProfileId } from '../../domain/kernel/ids.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Item, Table } from '../../ports/table.ts';
import { knownIn, loadWeb, membershipOf } from '../customers/membership-store.ts';
import { aggregateOf } from '../customers/read-customer.ts';
import { bothOf, openNote } from './notes.ts';

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
  readonly stage: { readonly identity: LinkingRules };
}

type Answer = z.input<typeof IdentityAnswer>;
type LinkState = (typeof linkStates)[number];

/** Why these profiles are one customer. */
export async function showIdentity({ table, keyring, stage }: Deps, id: CustomerId): Promise<Answer> {
  const rules = stage.identity;
  const loaded = await loadWeb(table, rules, [id]);
  const item = loaded.items.get(id);
  const members = await membersOf(table, id, item);
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
    decisions: await Promise.all(
      once.map(async (decision, index) => ({
        ...decision,
        ...(await words(keyring, decision, records[index]?.value)),
      })),
    ),
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

/** Whoever was never seen with anything else is known since they were first heard of, also where a merge was taken back. */
async function membersOf(table: Table, id: CustomerId, item: Item | undefined): Promise<Membership> {
  const stored = item === undefined ? undefined : membershipOf(item);
  if (stored !== undefined && (stored.length > 1 || knownIn(item).links.length > 0)) return stored;
  const record = await table.get(keys.aggregate(id));
  if (record !== undefined) return [{ id, since: aggregateOf(record).firstSeen ?? '' }];
  if (stored !== undefined) return stored;
  throw new NotFound('customer', id);
}

/** Who decided, why, and which merge it took back. */
async function words(
  keyring: Keyring,
  decision: Decision,
  { by, undoes, sealedNote }: Readonly<Record<string, unknown>> = {},
) {
  const note =
    typeof sealedNote === 'string' ? await openNote(keyring, bothOf(decision), sealedNote) : undefined;
  return {
    ...(typeof by === 'string' ? { by } : {}),
    ...(typeof undoes === 'string' ? { undoes } : {}),
    ...(note === undefined ? {} : { note }),
  };
}
