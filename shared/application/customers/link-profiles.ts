import { keys } from '../../contracts/keys.ts';
import type { Aggregate } from '../../domain/customers/aggregate.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import { join } from '../../domain/identity/membership.ts';
import { TooManyConflicts } from '../../domain/kernel/errors.ts';
import type { ProfileId } from '../../domain/kernel/ids.ts';
import type { Table, Write } from '../../ports/table.ts';
import { readMembership } from './membership-store.ts';

const ATTEMPTS = 10;

/**
 * Joins profiles that an event names together, the first time it does. Runs before the fold is
 * committed and repeats harmlessly: a link that stands is left alone.
 */
export async function linkProfiles(
  table: Table,
  before: Aggregate,
  after: Aggregate,
  events: readonly AcceptedEvent[],
): Promise<void> {
  if (after.links.length === before.links.length) return;
  const known = new Set(before.links);
  for (const { id, profile, linked = [], occurredAt } of events) {
    for (const other of linked) {
      if (profile === undefined || other === profile || known.has(other)) continue;
      known.add(other);
      await link(table, { profile, other, event: id, at: occurredAt });
    }
  }
}

interface Link {
  readonly profile: ProfileId;
  readonly other: ProfileId;
  /** The evidence. */
  readonly event: string;
  readonly at: string;
}

async function link(table: Table, { profile, other, event, at }: Link): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const [a, b] = await Promise.all([readMembership(table, profile, at), readMembership(table, other, at)]);
    const joined = join(a.membership, b.membership);
    const value = {
      event,
      at,
      status: joined.status,
      ...('reason' in joined ? { reason: joined.reason } : {}),
    };
    const evidence = [keys.link(profile, other), keys.link(other, profile)];
    if (joined.status === 'same') {
      // Joined by way of others, or by this very event before a crash: then its first evidence stays.
      await table.commit(evidence.map((put) => ({ put, value, if: 'absent' })));
      return;
    }
    const members =
      joined.status === 'refused'
        ? []
        : joined.membership.map(({ id }): Write => {
            const version = a.versions.get(id) ?? b.versions.get(id);
            return {
              put: keys.membership(id),
              value: { profiles: joined.membership },
              if: version === undefined ? 'absent' : { version },
            };
          });
    if ((await table.commit([...evidence.map((put): Write => ({ put, value })), ...members])).ok) return;
  }
  throw new TooManyConflicts(`The customer of ${profile}`);
}
