import { type Caller, type Handlers, nameOf } from '../../contracts/handler.ts';
import type { identityRoutes } from '../../contracts/identity-routes.ts';
import { keys } from '../../contracts/keys.ts';
import type { StageSettings } from '../../contracts/stage.ts';
import { Conflict, TooManyConflicts } from '../../domain/kernel/errors.ts';
import type { CustomerId, ProfileId } from '../../domain/kernel/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import {
  type DecidingDeps,
  type Plan,
  planLeaving,
  planMerge,
  planTakingBack,
  profilesOf,
} from './decide.ts';
import { listProposals } from './list-proposals.ts';
import { bothOf, sealNote } from './notes.ts';
import { dismiss, proposeRefused, reopen, shownProposal } from './proposal-store.ts';
import { showIdentity } from './show-identity.ts';
import { summaryOf } from './summary.ts';

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly stage: StageSettings;
  readonly pause?: Pause;
}

type Planning = (deps: DecidingDeps) => Promise<Plan>;

const ATTEMPTS = 12;
const ID_LENGTH = 16;

/** Answers the endpoints about who is one customer. */
export const identityApi = (deps: Deps): Handlers<keyof typeof identityRoutes> => {
  const { table, keyring, clock, stage } = deps;

  const deciding = (): DecidingDeps => ({
    table,
    rules: stage.identity,
    now: clock(),
    id: keyring.newSecret().slice(0, ID_LENGTH),
  });

  const summaries = (groups: Plan['before']) =>
    Promise.all(groups.map((profiles) => summaryOf(deps, profiles)));

  const preview = async (planning: Planning, stands: readonly ProfileId[]) => {
    try {
      const { before, after } = await planning(deciding());
      return { body: { before: await summaries(before), after: await summaries(after) } };
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      const before = await summaries(await Promise.all(stands.map((id) => profilesOf(table, id))));
      return { body: { before, after: [], refusal: error.message } };
    }
  };

  const decide = async (planning: Planning, caller: Caller, note: string | undefined) => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const plan = await planning(deciding());
      const { decision, before, after } = plan;
      const { ok } = await table.commit([
        ...plan.writes,
        {
          put: keys.identityDecision(decision.id),
          value: await recordOf(keyring, plan, caller, note),
          if: 'absent',
        },
      ]);
      if (ok) {
        await proposeRefused(table, plan.refused);
        return {
          body: { decision: decision.id, before: await summaries(before), after: await summaries(after) },
        };
      }
      if (attempt < ATTEMPTS) await deps.pause?.(attempt);
    }
    throw new TooManyConflicts('The customer');
  };

  const merging =
    (customers: readonly [CustomerId, CustomerId]): Planning =>
    (planning) =>
      planMerge(planning, customers);

  return {
    getIdentity: async ({ params }) => ({ body: await showIdentity(deps, params.id) }),
    listProposals: async ({ query }) => ({ body: await listProposals(deps, query) }),
    dismissProposal: async ({ params, body, caller }) => {
      const said = { by: nameOf(caller), at: clock(), note: body.note };
      return { body: await shownProposal(keyring, await dismiss(deps, params.id, said)) };
    },
    reopenProposal: async ({ params, caller }) => {
      const proposal = await reopen(table, params.id, { by: nameOf(caller), at: clock() });
      return { body: await shownProposal(keyring, proposal) };
    },
    previewMerge: ({ body }) => preview(merging(body.customers), body.customers),
    mergeCustomers: ({ body, caller }) => decide(merging(body.customers), caller, body.note),
    previewUnmerge: ({ body }) => preview(unmerging(body), 'customer' in body ? [body.customer] : []),
    unmergeCustomers: ({ body, caller }) => decide(unmerging(body), caller, body.note),
  };
};

type Unmerge = { readonly merge: string } | { readonly customer: CustomerId; readonly profiles: ProfileId[] };

const unmerging =
  (body: Unmerge): Planning =>
  (deps) =>
    'merge' in body ? planTakingBack(deps, body.merge) : planLeaving(deps, body.customer, body.profiles);

/** The access check let only people in. */
const recordOf = async (
  keyring: Keyring,
  { decision, undoes }: Plan,
  caller: Caller,
  note: string | undefined,
) => ({
  ...decision,
  by: nameOf(caller),
  ...(undoes === undefined ? {} : { undoes }),
  ...(note === undefined ? {} : { sealedNote: await sealNote(keyring, bothOf(decision), note) }),
});
