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

interface Dismissal {
  readonly by: string;
  readonly at: string;
  readonly note?: string | undefined;
}

/** The first dismissal stays. */
export async function dismiss(
  { table, keyring }: { readonly table: Table; readonly keyring: Keyring },
  id: string,
  { by, at, note }: Dismissal,
): Promise<Proposal> {
  const item = await table.get(keys.proposal(id));
  if (item === undefined) throw new NotFound('proposal', id);
  const proposal = proposalIn(item);
  if (proposal.status === 'dismissed') return proposal;
  const why = note === undefined ? {} : { sealedNote: await sealNote(keyring, proposal.profiles, note) };
  const dismissed: Proposal = { ...proposal, status: 'dismissed', dismissed: { by, at, ...why } };
  const { ok } = await table.commit([
    { put: keys.proposal(id), value: { ...dismissed }, if: { version: item.version } },
  ]);
  if (!ok) throw new Conflict(`Somebody else just decided on the proposal '${id}'; read it again`);
  return dismissed;
}

/** As people are shown it, with the note in clear. */
export async function shownProposal(keyring: Keyring, { dismissed, ...proposal }: Proposal) {
  const shown = { ...proposal, profiles: [...proposal.profiles] };
  if (dismissed === undefined) return shown;
  const { sealedNote, ...who } = dismissed;
  const note = sealedNote && (await openNote(keyring, proposal.profiles, sealedNote));
  return { ...shown, dismissed: { ...who, ...(note ? { note } : {}) } };
}
