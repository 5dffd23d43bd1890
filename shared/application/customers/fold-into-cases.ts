import { TooManyConflicts } from '../../domain/kernel/errors.ts';
import { MOST_WRITES, type Write } from '../../ports/table.ts';
import type { LinkingDeps } from './link-profiles.ts';
import { type CaseEvent, type PlannedCase, planCase } from './plan-case.ts';

/** Writers of one receipt, or one customer, who meet try again. */
const ATTEMPTS = 12;

/** What became of one event, or why nothing did. */
export type CaseFolded = { readonly one: CaseEvent } & (
  | { readonly outcome: PlannedCase['outcome'] }
  | { readonly error: unknown }
);

interface Planned extends PlannedCase {
  readonly one: CaseEvent;
}

/**
 * Folds events each into the case of its sale. Those that write nothing in common stand in one commit, since a commit
 * costs far more than what is in it; where it fails, each is folded by itself, so that one keeps no other waiting.
 */
export async function foldIntoCases(
  deps: LinkingDeps,
  ones: readonly CaseEvent[],
): Promise<readonly CaseFolded[]> {
  const folded: CaseFolded[] = [];
  let together: Planned[] = [];
  let touched = new Set<string>();
  const commit = async (): Promise<void> => {
    folded.push(...(await commitTogether(deps, together)));
    together = [];
    touched = new Set();
  };
  for (const one of ones) {
    let planned = await tryTo(one, () => planCase(deps, one));
    if ('writes' in planned && !fits(planned.writes, touched)) {
      await commit();
      // It may be of the same sale or the same person.
      planned = await tryTo(one, () => planCase(deps, one));
    }
    if ('writes' in planned && planned.writes.length > 0) {
      together.push(planned);
      for (const write of planned.writes) touched.add(nameOf(write));
    } else folded.push(planned);
  }
  await commit();
  return folded;
}

/** Plans and commits, and tries again where others were faster. */
async function foldIntoCase(deps: LinkingDeps, one: CaseEvent): Promise<PlannedCase['outcome']> {
  for (let lost = 1; lost <= ATTEMPTS; lost += 1) {
    const { outcome, writes } = await planCase(deps, one);
    if (writes.length === 0 || (await deps.table.commit(writes)).ok) return outcome;
    if (lost < ATTEMPTS) await deps.pause?.(lost);
  }
  throw new TooManyConflicts(`The sale of ${one.event.id}`);
}

const nameOf = (write: Write): string => {
  const { table, pk, sk } = 'put' in write ? write.put : write.remove;
  return JSON.stringify([table, pk, sk]);
};

const fits = (writes: readonly Write[], touched: ReadonlySet<string>): boolean =>
  touched.size + writes.length <= MOST_WRITES && !writes.some((write) => touched.has(nameOf(write)));

async function tryTo<T extends object>(
  one: CaseEvent,
  work: () => Promise<T>,
): Promise<(T & { readonly one: CaseEvent }) | { readonly one: CaseEvent; readonly error: unknown }> {
  try {
    return { ...(await work()), one };
  } catch (error) {
    return { one, error };
  }
}

async function commitTogether(deps: LinkingDeps, together: readonly Planned[]): Promise<CaseFolded[]> {
  if (together.length === 0) return [];
  const writes = together.flatMap((planned) => planned.writes);
  const isCommitted = await deps.table.commit(writes).then(
    ({ ok }) => ok,
    () => false,
  );
  if (isCommitted) return together.map(({ one, outcome }) => ({ one, outcome }));
  const folded: CaseFolded[] = [];
  for (const { one } of together)
    folded.push(await tryTo(one, async () => ({ outcome: await foldIntoCase(deps, one) })));
  return folded;
}
