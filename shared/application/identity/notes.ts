import type { Decision } from '../../domain/identity/decisions.ts';
import type { Keyring } from '../../ports/keyring.ts';
import { unlessErased } from '../customers/contact.ts';

/** Whom a note is about: one profile of each side. */
export type Both = readonly [string, string];

/** No side is empty. */
export const bothOf = ({ sides: [left, right] }: Pick<Decision, 'sides'>): Both => [
  left[0] ?? '',
  right[0] ?? '',
];

/** What people write down may name anybody. Sealed with the keys of both, so that erasing either of them erases it. */
export const sealNote = async (keyring: Keyring, [a, b]: Both, note: string): Promise<string> =>
  keyring.seal(b, await keyring.seal(a, note));

/** Undefined where one of the two was erased. */
export async function openNote(keyring: Keyring, [a, b]: Both, sealed: string): Promise<string | undefined> {
  const inner = await keyring.open(b, sealed).catch(unlessErased);
  return inner === undefined ? undefined : keyring.open(a, inner).catch(unlessErased);
}
