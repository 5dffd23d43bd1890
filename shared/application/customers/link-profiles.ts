import type { Aggregate } from '../../domain/customers/aggregate.ts';
import { newSightings } from '../../domain/customers/sightings.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import { type Known, resolve } from '../../domain/identity/components.ts';
import { isLinking, type Link, withLink } from '../../domain/identity/links.ts';
import type { LinkingRules } from '../../domain/identity/settings.ts';
import { TooManyConflicts } from '../../domain/kernel/errors.ts';
import type { ProfileId } from '../../domain/kernel/ids.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Item, Table, Write } from '../../ports/table.ts';
import { proposeRefused } from '../identity/proposal-store.ts';
import {
  identityWrite,
  knownIn,
  type LoadedWeb,
  loadWeb,
  membershipOf,
  readItems,
  webWrites,
} from './membership-store.ts';

export interface LinkingDeps {
  readonly table: Table;
  readonly stage: { readonly identity: LinkingRules };
  readonly pause?: Pause;
}

/** Writers of one customer who meet try again. */
const ATTEMPTS = 10;
/** Links noted in one commit. */
const AT_ONCE = 20;

/**
 * Notes which profiles events name together, the first time they do or where an earlier time comes to light, and
 * joins whom that joins. Runs before the fold is committed and repeats harmlessly: what is known is left alone.
 */
export async function linkProfiles(
  deps: LinkingDeps,
  before: Aggregate,
  after: Aggregate,
  events: readonly AcceptedEvent[],
): Promise<void> {
  if (after.links === before.links) return;
  const subject = events.find(({ profile }) => profile !== undefined)?.profile;
  if (subject === undefined) return;
  const seen = events.flatMap((event) =>
    newSightings(before.links, event)
      .filter(([other]) => other !== subject)
      .map(([other, at]): Link => [other, at, event.id]),
  );
  const once = seen.reduce(withEarliest, []);
  for (let from = 0; from < once.length; from += AT_ONCE)
    await note(deps, subject, once.slice(from, from + AT_ONCE));
}

/** Each profile once. */
const withEarliest = (links: readonly Link[], link: Link): readonly Link[] => {
  const known = links.find(([id]) => id === link[0]);
  if (known !== undefined && known[1] <= link[1]) return links;
  return [...links.filter((one) => one !== known), link];
};

async function note(
  { table, stage: { identity }, pause }: LinkingDeps,
  subject: ProfileId,
  seen: readonly Link[],
): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const items = await readItems(table, [subject, ...seen.map(([other]) => other)]);
    const { changes, seeds } = changesBy(items, identity, subject, seen);
    if (changes.size === 0) return;
    const loaded = await loadWeb(table, identity, seeds, { items, changes });
    const resolved = loaded.web && resolve(loaded.web, identity);
    const writes =
      loaded.web === undefined || resolved === undefined
        ? [...changes].map(([id, known]) => evidenceWrite(id, known, loaded))
        : webWrites(loaded, loaded.web, resolved.memberships);
    if ((await table.commit(writes)).ok) {
      await proposeRefused(table, resolved?.refused ?? []);
      return;
    }
    if (attempt < ATTEMPTS) await pause?.(attempt);
  }
  throw new TooManyConflicts(`The customer of ${subject}`);
}

/**
 * What is new about whom, and whose customers that may change: those themselves, and whom they lead to no longer,
 * since something became shared or an older link took the place.
 */
function changesBy(
  items: ReadonlyMap<ProfileId, Item | undefined>,
  rules: LinkingRules,
  subject: ProfileId,
  seen: readonly Link[],
): { readonly changes: ReadonlyMap<ProfileId, Known>; readonly seeds: readonly ProfileId[] } {
  const changes = new Map<ProfileId, Known>();
  const seeds = new Set<ProfileId>();
  const change = (id: ProfileId, links: readonly Link[]): void => {
    const before = knownIn(items.get(id));
    const after = links.reduce(withLink, before.links);
    if (after === before.links) return;
    changes.set(id, { ...before, links: after });
    seeds.add(id);
    const endsHere = isLinking(id, before.links, rules) && !isLinking(id, after, rules);
    const left = before.links.filter(([other]) => endsHere || !after.some(([kept]) => kept === other));
    for (const [other] of left) seeds.add(other);
  };
  change(subject, seen);
  for (const [other, at, event] of seen) change(other, [[subject, at, event]]);
  return { changes, seeds: [...seeds] };
}

/** Of a web that is too large to be thought through: it stays as it is, and takes nobody in. */
const evidenceWrite = (id: ProfileId, known: Known, { items }: LoadedWeb): Write => {
  const item = items.get(id);
  const since = new Date(known.links[0]?.[1] ?? 0).toISOString();
  return identityWrite(id, known, item === undefined ? [{ id, since }] : membershipOf(item), item);
};
