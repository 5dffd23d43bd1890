import type * as z from 'zod';
import type { ProposalsAnswer } from '../../contracts/identity-schemas.ts';
import { keys } from '../../contracts/keys.ts';
import { resolve } from '../../domain/identity/components.ts';
import { decided } from '../../domain/identity/decisions.ts';
import { customerOf, type Membership } from '../../domain/identity/membership.ts';
import { type Proposal, proposalsFrom } from '../../domain/identity/proposal.ts';
import type { LinkingRules } from '../../domain/identity/settings.ts';
import type { CustomerId, ProfileId } from '../../domain/kernel/ids.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Item, Table } from '../../ports/table.ts';
import { maskedContact } from '../customers/masked-contact.ts';
import { knownIn, loadWeb, membershipOf } from '../customers/membership-store.ts';
import { proposalIn, shownProposal } from './proposal-store.ts';

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
  readonly stage: { readonly identity: LinkingRules };
}

interface Wanted {
  readonly status: Proposal['status'];
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/**
 * A page of proposals. Open ones are those that still ask something: no pairs that have become one customer, that
 * somebody keeps apart, or whose phone turned out to be everybody's.
 */
export async function listProposals(
  deps: Deps,
  { status, limit, cursor }: Wanted,
): Promise<z.input<typeof ProposalsAnswer>> {
  const { table } = deps;
  const page = await table.query({ table: 'control', pk: keys.proposal('').pk, limit, cursor });
  const kept = page.items.map(proposalIn).filter((proposal) => proposal.status === status);
  const found = status === 'open' ? await standing(deps, kept) : kept;
  const items = await table.getMany(found.flatMap(({ profiles }) => profiles.map(keys.membership)));
  const proposals = await Promise.all(
    found.flatMap((proposal, index) => {
      const pair = proposal.profiles.map((id, side) => sideOf(id, items[index * 2 + side]));
      const isDecided = status === 'open' && !areTwo(pair);
      return isDecided ? [] : [shown(deps, proposal, pair)];
    }),
  );
  return { proposals, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) };
}

/** With the evidence that there is today. An earlier one may be gone, and a pair stands for another reason. */
async function standing(
  { table, stage }: Deps,
  proposals: readonly Proposal[],
): Promise<readonly Proposal[]> {
  const today = await Promise.all(
    proposals.map(async (proposal) => {
      if (proposal.reason === 'shared-name-and-phone') return proposal;
      const { web } = await loadWeb(table, stage.identity, proposal.profiles);
      if (web === undefined) return proposal;
      const asked = proposalsFrom(resolve(web, stage.identity).refused);
      return asked.find(({ id }) => id === proposal.id);
    }),
  );
  return today.filter((proposal) => proposal !== undefined);
}

interface Side {
  readonly id: ProfileId;
  readonly customer: CustomerId;
  readonly profiles: readonly ProfileId[];
  readonly item: Item | undefined;
}

function sideOf(id: ProfileId, item: Item | undefined): Side {
  const membership: Membership = item === undefined ? [{ id, since: '' }] : membershipOf(item);
  return { id, customer: customerOf(membership), profiles: membership.map((member) => member.id), item };
}

function areTwo([a, b]: readonly Side[]): boolean {
  if (a === undefined || b === undefined || a.profiles.includes(b.id)) return false;
  return !decided(knownIn(a.item).decisions).apart.some((pair) => pair.includes(a.id) && pair.includes(b.id));
}

const shown = async (deps: Deps, proposal: Proposal, pair: readonly Side[]) => ({
  ...(await shownProposal(deps.keyring, proposal)),
  customers: await Promise.all(
    pair.map(async ({ customer, profiles }) => ({
      id: customer,
      contact: await maskedContact(deps, profiles),
    })),
  ),
});
