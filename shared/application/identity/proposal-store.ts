import { keys } from '../../contracts/keys.ts';
import type { RefusedLink } from '../../domain/identity/components.ts';
import { type Proposal, proposalsFrom } from '../../domain/identity/proposal.ts';
import { Conflict, NotFound } from '../../domain/kernel/errors.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Item, Table } from '../../ports/table.ts';
import { openNote, sealNote } from './notes.ts';

/** Proposals are written here alone. */
export const proposalIn = ({ value }: Item): Proposal => value as unknown as Proposal;

/**
 * Puts a pair before people, once: what was proposed before stays as it is, also what was dismissed. True where
 * it is new. Make the proposal with `newProposal`.
 */
export async function propose(table: Table, proposal: Proposal): Promise<boolean> {
  const key = keys.proposal(proposal.id);
  if ((await table.get(key)) !== undefined) return false;
  return (await table.commit([{ put: key, value: { ...proposal }, if: 'absent' }])).ok;
}

/** Puts before people what links ask that join nobody. */
export async function proposeRefused(table: Table, refused: readonly RefusedLink[]): Promise<void> {
  for (const proposal of proposalsFrom(refused)) await propose(table, proposal);
}

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
}

interface Word {
  readonly by: string;
  readonly at: string;
}

/** The first dismissal stays. */
export const dismiss = (
  { table, keyring }: Deps,
  id: string,
  { note, ...word }: Word & { readonly note?: string | undefined },
): Promise<Proposal> =>
  turned(table, id, 'dismissed', async ({ reopened: _, ...proposal }) => {
    const why = note === undefined ? {} : { sealedNote: await sealNote(keyring, proposal.profiles, note) };
    return { ...proposal, status: 'dismissed', dismissed: { ...word, ...why } };
  });

/** Takes a dismissal back. */
export const reopen = (table: Table, id: string, { by, at }: Word): Promise<Proposal> =>
  turned(table, id, 'open', async ({ dismissed: _, ...proposal }) => ({
    ...proposal,
    status: 'open',
    reopened: { by, at },
  }));

/** The proposal as it is to be; what is so already stays. */
async function turned(
  table: Table,
  id: string,
  status: Proposal['status'],
  turn: (proposal: Proposal) => Promise<Proposal>,
): Promise<Proposal> {
  const item = await table.get(keys.proposal(id));
  if (item === undefined) throw new NotFound('proposal', id);
  if (proposalIn(item).status === status) return proposalIn(item);
  const next = await turn(proposalIn(item));
  const { ok } = await table.commit([
    { put: keys.proposal(id), value: { ...next }, if: { version: item.version } },
  ]);
  if (!ok) throw new Conflict(`Somebody else just decided on the proposal '${id}'; read it again`);
  return next;
}

/** As people are shown it, with the note in clear. */
export async function shownProposal(keyring: Keyring, { dismissed, ...proposal }: Proposal) {
  const shown = { ...proposal, profiles: [...proposal.profiles] };
  if (dismissed === undefined) return shown;
  const { sealedNote, ...who } = dismissed;
  const note = sealedNote && (await openNote(keyring, proposal.profiles, sealedNote));
  return { ...shown, dismissed: { ...who, ...(note ? { note } : {}) } };
}
