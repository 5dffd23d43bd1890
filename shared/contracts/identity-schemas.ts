import * as z from 'zod';
import { proposalReasons } from '../domain/identity/proposal.ts';
import { CustomerId, identifierKinds, ProfileId } from '../domain/kernel/ids.ts';
import { CustomerAnswer } from './customer-schemas.ts';
import { Cursor } from './page.ts';

const Note = z.string().trim().min(1).max(500);

/** Enough of a customer to decide by. */
const Summary = CustomerAnswer.pick({
  id: true,
  profiles: true,
  contact: true,
  currency: true,
  purchases: true,
  consent: true,
});
export type Summary = z.input<typeof Summary>;

export const MergeBody = z.strictObject({
  /** By any of their profiles. */
  customers: z.tuple([CustomerId, CustomerId]),
  note: Note.optional(),
});

/** Either a merge that is taken back, or profiles that leave a customer. */
export const UnmergeBody = z.union(
  [
    z.strictObject({ merge: z.string().min(1).max(64), note: Note.optional() }),
    z.strictObject({
      customer: CustomerId,
      profiles: z.array(ProfileId).min(1).max(19),
      note: Note.optional(),
    }),
  ],
  {
    error:
      'takes either {"merge": decision}, or {"customer": id, "profiles": [id, …]} with 1 to 19 profiles; a note of at most 500 characters may stand beside',
  },
);

export const PreviewAnswer = z.object({
  before: z.array(Summary),
  /** Empty where it would be refused. */
  after: z.array(Summary),
  /** Why it would be refused. */
  refusal: z.string().optional(),
});

export const DecisionAnswer = z.object({
  /** Names the decision, to take it back by. */
  decision: z.string(),
  before: z.array(Summary),
  after: z.array(Summary),
});

const Decision = z.object({
  id: z.string(),
  kind: z.enum(['together', 'apart']),
  at: z.string(),
  sides: z.array(z.array(z.string()).readonly()).readonly(),
  by: z.string().optional(),
  note: z.string().optional(),
  /** The merge that it took back. */
  undoes: z.string().optional(),
});

export const linkStates = [
  'joined',
  'two-members',
  'too-many-profiles',
  'kept-apart',
  /** One of the two was seen with too many others. */
  'shared',
  /** The stage's settings say that this kind links nobody. */
  'not-linking',
] as const;

export const IdentityAnswer = z.object({
  id: CustomerId,
  profiles: z.array(
    z.object({
      id: ProfileId,
      kind: z.enum(identifierKinds),
      since: z.string(),
      /** Seen with too many others: it links nobody. */
      shared: z.boolean(),
      /** Oldest first, and of each kind the oldest only. */
      links: z.array(
        z.object({ profile: ProfileId, at: z.string(), event: z.string(), state: z.enum(linkStates) }),
      ),
    }),
  ),
  decisions: z.array(Decision),
});

const Contact = CustomerAnswer.shape.contact;

const Proposal = z.object({
  id: z.string(),
  reason: z.enum(proposalReasons),
  profiles: z.array(ProfileId),
  /** The customers of the two, with masked contact data. */
  customers: z.array(z.object({ id: CustomerId, contact: Contact })),
  evidence: z.object({
    via: ProfileId.optional(),
    events: z.array(z.string()).readonly(),
    at: z.string(),
  }),
  status: z.enum(['open', 'dismissed']),
  dismissed: z.object({ by: z.string(), at: z.string(), note: z.string().optional() }).optional(),
  reopened: z.object({ by: z.string(), at: z.string() }).optional(),
});

export const ProposalsQuery = z.object({
  status: z.enum(['open', 'dismissed']).default('open'),
  limit: z.coerce.number().int().min(1).max(50).default(20),
  cursor: Cursor.optional(),
});

export const ProposalsAnswer = z.object({ proposals: z.array(Proposal), cursor: z.string().optional() });

export const DismissBody = z.strictObject({ note: Note.optional() });
/** A proposal somebody decided on. */
export const DismissAnswer = Proposal.omit({ customers: true });
