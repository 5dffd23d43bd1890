import { kindOf, type ProfileId } from '../kernel/ids.ts';
import type { RefusedLink } from './components.ts';

export const proposalReasons = [
  /** One identifier was seen with two member numbers. */
  'two-members',
  /** Two imported members have one name and one phone number. */
  'shared-name-and-phone',
  /** They were seen together, and one customer of both would have too many profiles. */
  'too-many-profiles',
] as const;
export type ProposalReason = (typeof proposalReasons)[number];

/** What speaks for it: ids and times, no personal data. */
export interface ProposalEvidence {
  /** The identifier that both were seen with, where it is a third one. */
  readonly via?: ProfileId;
  /** Ids of events, or of the rows of an import. */
  readonly events: readonly string[];
  readonly at: string;
}

/** Two that may be one customer; a person decides. */
export interface Proposal {
  readonly id: string;
  readonly reason: ProposalReason;
  /** In order of their ids, so that either side proposes the same. */
  readonly profiles: readonly [ProfileId, ProfileId];
  readonly evidence: ProposalEvidence;
  readonly status: 'open' | 'dismissed';
  /** Who dismissed it, when, and why; the note is sealed. */
  readonly dismissed?: { readonly by: string; readonly at: string; readonly sealedNote?: string };
  /** Who took a dismissal back, and when. */
  readonly reopened?: { readonly by: string; readonly at: string };
}

/** One proposal for a reason and a pair, whoever finds it and however often. */
export const proposalId = (reason: ProposalReason, [a, b]: readonly [ProfileId, ProfileId]): string =>
  `${reason}.${a < b ? `${a}.${b}` : `${b}.${a}`}`;

export const newProposal = (
  reason: ProposalReason,
  [a, b]: readonly [ProfileId, ProfileId],
  evidence: ProposalEvidence,
): Proposal => ({
  id: proposalId(reason, [a, b]),
  reason,
  profiles: a < b ? [a, b] : [b, a],
  evidence,
  status: 'open',
});

/** What links that join nobody ask of people, oldest first and each once. Devices prove too little to bother a person with. */
export function proposalsFrom(refused: readonly RefusedLink[]): readonly Proposal[] {
  const proposals = new Map<string, Proposal>();
  for (const { pair, reason, members, event, at } of refused) {
    if (reason === 'kept-apart' || pair.some((id) => kindOf(id) === 'device')) continue;
    const via = pair.find((id) => members?.includes(id) === false);
    const proposal = newProposal(reason, members ?? pair, {
      ...(via === undefined ? {} : { via }),
      events: [event],
      at: new Date(at).toISOString(),
    });
    if (!proposals.has(proposal.id)) proposals.set(proposal.id, proposal);
  }
  return [...proposals.values()];
}
