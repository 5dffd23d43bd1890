import { keys, partOf } from '../../contracts/keys.ts';
import { Defect } from '../../domain/kernel/errors.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Table, Value } from '../../ports/table.ts';

/** Nobody knows what is in it, so all of it is sealed for one owner. */
export const QUARANTINE_OWNER = 'quarantine';

/** Of three bytes at most, and a third more when sealed: that stays below the 400 KB of a DynamoDB item. */
const PIECE_CHARACTERS = 64_000;
/** The body of a webhook has a megabyte at most, and the names around it find room, too. */
const MOST_PIECES = 16;
export const MOST_CHARACTERS = PIECE_CHARACTERS * MOST_PIECES;

/** A text as it is kept: in the item itself, or in parts beside it, so that a list stays light. */
export interface SealedText {
  readonly sealed?: string;
  readonly parts: readonly Value[];
}

export async function sealText(keyring: Keyring, text: string): Promise<SealedText> {
  const pieces = piecesOf(text);
  const sealed = await Promise.all(pieces.map((piece) => keyring.seal(QUARANTINE_OWNER, piece)));
  const [only = ''] = sealed;
  return pieces.length === 1
    ? { sealed: only, parts: [] }
    : { parts: sealed.map((piece) => ({ sealed: piece })) };
}

/** Never cut within a character of two halves: sealed apart, neither would come back. */
function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length || pieces.length === 0; ) {
    const end = start + PIECE_CHARACTERS;
    const stop = isFirstHalf(text.charCodeAt(end - 1)) && end < text.length ? end - 1 : end;
    pieces.push(text.slice(start, stop));
    start = stop;
  }
  return pieces;
}

/** The first of the two units of a surrogate pair. */
const isFirstHalf = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;

/** How many parts stand beside an item. */
export const partsOf = (value: Value): number => Number(value['parts'] ?? 0);

/** The text of an item, out of its parts where it has some. Throws Defect where one is missing. */
export async function openText(
  { table, keyring }: { readonly table: Table; readonly keyring: Keyring },
  { cause, id, value }: { readonly cause: string; readonly id: string; readonly value: Value },
): Promise<string> {
  const count = partsOf(value);
  if (count === 0) return keyring.open(QUARANTINE_OWNER, String(value['sealed']));
  const places = Array.from({ length: count }, (_, part) => partOf(keys.quarantined(cause, id), part));
  const parts = await table.getMany(places);
  const pieces = parts.map((part) => {
    if (part === undefined) throw new Defect('part-missing', 'A part of what was kept is gone');
    return keyring.open(QUARANTINE_OWNER, String(part.value['sealed']));
  });
  return (await Promise.all(pieces)).join('');
}
