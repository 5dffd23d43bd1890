import { type Cell, type InstantOf, notADate } from './cells.ts';
import type { DateFormat } from './date-format.ts';
import type { ConsentColumn, MemberMapping } from './member-mapping.ts';
import type { Fault, SaidConsent } from './said.ts';

type ReadConsents = (
  fields: readonly string[],
  enrolledAt: string | undefined,
  leftOut: Fault[],
) => readonly SaidConsent[];

/**
 * Reads what a line says of consent. Only a word that the mapping knows says anything, and a yes needs a time, so
 * that it never passes over a no that came after it: its own, the mapping's, or that of joining.
 */
export function consentReader(
  { consents, formats }: MemberMapping,
  cellOf: (column: string | undefined) => Cell,
  instantOf: InstantOf,
): ReadConsents {
  const readers = consents.map((consent) => columnReader(consent, cellOf, instantOf, formats.consents));
  return (fields, enrolledAt, leftOut) => readers.flatMap((read) => read(fields, enrolledAt, leftOut));
}

function columnReader(
  consent: ConsentColumn,
  cellOf: (column: string | undefined) => Cell,
  instantOf: InstantOf,
  format: DateFormat | undefined,
): ReadConsents {
  const { channel, column, since } = consent;
  const word = cellOf(column);
  const at = cellOf(consent.at);
  const evidence = evidenceOf(consent, cellOf);
  const statusOf = statuses(consent);

  const timeOf = (fields: readonly string[], leftOut: Fault[]): string | undefined => {
    const text = at(fields);
    const own = text === '' ? undefined : instantOf(text);
    if (text !== '' && own === undefined) leftOut.push(notADate(consent.at ?? column, format));
    return own ?? (since === undefined ? undefined : `${since}T00:00:00.000Z`);
  };

  return (fields, enrolledAt, leftOut) => {
    const said = folded(word(fields));
    if (said === '') return [];
    const status = statusOf.get(said);
    const own = timeOf(fields, leftOut);
    const time = status === 'granted' ? (own ?? enrolledAt) : own;
    if (status === undefined) leftOut.push(unknownWord(column));
    else if (status === 'granted' && time === undefined) leftOut.push(undated(column));
    else
      return [{ channel, status, evidence: evidence(fields), ...(time === undefined ? {} : { at: time }) }];
    return [];
  };
}

const statuses = ({ yes, no = [] }: ConsentColumn): ReadonlyMap<string, SaidConsent['status']> =>
  new Map([
    ...yes.map((word) => [folded(word), 'granted'] as const),
    ...no.map((word) => [folded(word), 'withdrawn'] as const),
  ]);

const folded = (word: string): string => word.trim().normalize('NFKC').toLowerCase();

function evidenceOf({ evidence, column }: ConsentColumn, cellOf: (column: string | undefined) => Cell): Cell {
  if (typeof evidence === 'string') return () => evidence;
  const cell = cellOf(evidence.column);
  return (fields) => cell(fields).slice(0, 500) || `column ${column} of an imported file`;
}

const unknownWord = (column: string): Fault => ({
  code: 'unknown-consent',
  column,
  message: `${column}: is none of the words for yes and no; add it to the mapping, until then nothing is known of this consent`,
});

const undated = (column: string): Fault => ({
  code: 'consent-undated',
  column,
  message: `${column}: a yes without a time could pass over a later no, and is left out; name its column under at, or the day under since`,
});
