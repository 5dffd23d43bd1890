import { InvalidInput } from '../../kernel/errors.ts';
import { instantsIn } from '../local-time.ts';
import { remember } from '../remember.ts';
import { type DateFormat, readDate } from './date-format.ts';
import type { MemberMapping } from './member-mapping.ts';
import type { Fault } from './said.ts';

/** The text of a cell, trimmed; empty where the column is not mapped. */
export type Cell = (fields: readonly string[]) => string;

/** Reads an instant; undefined where the text is none. */
export type InstantOf = (text: string) => string | undefined;

export const notADate = (column: string, format: DateFormat | undefined): Fault => ({
  code: 'not-a-date',
  column,
  message: `${column}: is no date as ${format}; write it so, or name another format in the mapping`,
});

/** Reads dates by the clocks of a zone. */
export const instantReader = (zone: string) => {
  const instantOf = instantsIn(zone);
  return (format: DateFormat | undefined): InstantOf =>
    remember((text) => {
      const time = format === undefined ? undefined : readDate(text, format);
      if (time === undefined) return undefined;
      return new Date(
        time.offset === undefined ? instantOf(time.wall) : time.wall - time.offset,
      ).toISOString();
    });
};

/** Every name of a column that the mapping uses, and where. */
function named({ columns, consents }: MemberMapping): readonly (readonly [place: string, column: string])[] {
  return [
    ...Object.entries(columns).flatMap(([field, column]) =>
      column === undefined ? [] : [[`columns.${field}`, column] as const],
    ),
    ...consents.flatMap(({ column, at, evidence }, index) => [
      [`consents.${index}.column`, column] as const,
      ...(at === undefined ? [] : [[`consents.${index}.at`, at] as const]),
      ...(typeof evidence === 'string' ? [] : [[`consents.${index}.evidence`, evidence.column] as const]),
    ]),
  ];
}

/** Accents may be written in two ways that look the same; mappings are read so, too. */
const oneWay = (name: string): string => name.normalize('NFC');

/** Finds columns by name. Throws InvalidInput `missing-column` or `doubled-column` where the mapping does not fit the header. */
export function cells(
  written: readonly string[],
  mapping: MemberMapping,
): (column: string | undefined) => Cell {
  const header = written.map(oneWay);
  for (const [place, column] of named(mapping)) {
    const found = header.filter((name) => name === column).length;
    if (found === 1) continue;
    const has = header.map((name) => `'${name}'`).join(', ');
    const fault =
      found === 0
        ? `the file has no column '${column}'`
        : `more than one column is named '${column}'; give all but one another name in the file's first line`;
    throw new InvalidInput(
      found === 0 ? 'missing-column' : 'doubled-column',
      place,
      `${place}: ${fault}; it has ${has}`,
    );
  }
  return (column) => {
    const place = column === undefined ? -1 : header.indexOf(column);
    return (fields) => fields[place]?.trim() ?? '';
  };
}

/** Columns of the file that nobody asked for. */
export function strangersOf(header: readonly string[], mapping: MemberMapping): readonly string[] {
  const known = new Set([...named(mapping).map(([, column]) => column), ...mapping.leaveOut]);
  return header.filter((name) => !known.has(oneWay(name)));
}
