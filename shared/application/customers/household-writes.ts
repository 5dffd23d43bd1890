import { isProfilePartition, keys } from '../../contracts/keys.ts';
import type { Aggregate } from '../../domain/customers/aggregate.ts';
import { householdOf } from '../../domain/customers/relations.ts';
import type { Write } from '../../ports/table.ts';

/** Keeps the list of a household's members in step with the record, in the commit that changes it. */
export function householdWrites(subject: string, before: Aggregate, after: Aggregate): Write[] {
  if (!isProfilePartition(subject)) return [];
  const [was, is] = [householdOf(before.households), householdOf(after.households)];
  if (was === is) return [];
  return [
    ...(was === undefined ? [] : [{ remove: keys.householdMember(was, subject) }]),
    ...(is === undefined ? [] : [{ put: keys.householdMember(is, subject), value: { profile: subject } }]),
  ];
}
