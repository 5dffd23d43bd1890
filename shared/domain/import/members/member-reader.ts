import type { SourceLine } from '../source.ts';
import { type Cell, cells, type InstantOf, instantReader, notADate, strangersOf } from './cells.ts';
import { checkedDetails } from './checked-details.ts';
import { consentReader } from './consent-reader.ts';
import { readDate } from './date-format.ts';
import {
  identifyingColumns,
  type MemberColumn,
  type MemberMapping,
  memberColumns,
} from './member-mapping.ts';
import type { Fault, Reading, Said } from './said.ts';

export interface MemberReader {
  read(line: SourceLine): Reading;
  /** Columns of the file that nobody asked for. */
  readonly strange: readonly string[];
}

/**
 * Reads lines of a file of members. A cell that cannot be read is left out and named; a line is unread only where
 * nobody could say who it is or when it happened. Throws InvalidInput `missing-column` or `doubled-column`.
 */
export function memberReader(
  header: readonly string[],
  mapping: MemberMapping,
  stageZone: string,
): MemberReader {
  const { columns, formats } = mapping;
  const cellOf = cells(header, mapping);
  const cell = Object.fromEntries(
    memberColumns.map((column) => [column, cellOf(columns[column])]),
  ) as Readonly<Record<MemberColumn, Cell>>;
  const instantsOf = instantReader(mapping.zone ?? stageZone);
  const enrolled = instantsOf(formats.enrolledAt);
  const updated = instantsOf(formats.updatedAt);
  const consents = consentReader(mapping, cellOf, instantsOf(formats.consents));
  const whole = (fields: readonly string[]) => nameOf(cell, fields);
  const nameColumn = (fields: readonly string[]) =>
    columns.name ??
    (cell.firstName(fields).length > cell.lastName(fields).length ? columns.firstName : columns.lastName);

  const read = ({ number: line, fields }: SourceLine): Reading => {
    if (fields.length !== header.length)
      return { kind: 'unread', line, ...torn(fields.length, header.length) };
    const leftOut: Fault[] = [];
    const said = (column: MemberColumn): string | undefined => cell[column](fields) || undefined;
    const instant = (column: 'enrolledAt' | 'updatedAt', of: InstantOf): string | undefined => {
      const text = said(column);
      const at = text === undefined ? undefined : of(text);
      if (text !== undefined && at === undefined)
        leftOut.push(notADate(columns[column] ?? column, formats[column]));
      return at;
    };
    const { details, refused } = checkedDetails(
      given({
        name: whole(fields),
        birthday: birthdayOf(said('birthday'), mapping, leftOut),
        address: addressOf(said),
        language: said('language')?.replace('_', '-'),
        homeStore: said('homeStore'),
      }),
    );
    const columnOf = (field: string): string =>
      (field === 'name' ? nameColumn(fields) : columns[field as MemberColumn]) ?? field;
    for (const { field, part, message } of refused)
      leftOut.push(invalidCell(columnOf(part ?? field), message));
    const enrolledAt = instant('enrolledAt', enrolled);
    const reading: Said = {
      line,
      ids: given(Object.fromEntries(identifyingColumns.map((column) => [column, plain(said(column))]))),
      details,
      ...given({ enrolledAt, saidAt: instant('updatedAt', updated) }),
      consents: consents(fields, enrolledAt, leftOut),
      leftOut,
    };
    return { kind: 'said', ...reading };
  };
  return { read, strange: strangersOf(header, mapping) };
}

/** Without the sign by which spreadsheets keep a number as text. */
const plain = (text: string | undefined): string | undefined => text?.replace(/^'/, '') || undefined;

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

const given = <T extends object>(values: T): Given<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;

const nameOf = (cell: Readonly<Record<MemberColumn, Cell>>, fields: readonly string[]): string | undefined =>
  cell.name(fields) || [cell.firstName(fields), cell.lastName(fields)].filter(Boolean).join(' ') || undefined;

const addressFields = ['street', 'houseNumber', 'postcode', 'city', 'region', 'country'] as const;

function addressOf(said: (column: MemberColumn) => string | undefined): Record<string, string> | undefined {
  const parts = given(Object.fromEntries(addressFields.map((field) => [field, said(field)])));
  return Object.keys(parts).length === 0 ? undefined : (parts as Record<string, string>);
}

/** Nobody living is older; dates before it stand for 'unknown'. */
const EARLIEST_BIRTHDAY = '1900-01-02';

function birthdayOf(text: string | undefined, mapping: MemberMapping, leftOut: Fault[]): string | undefined {
  const { birthday: format } = mapping.formats;
  if (text === undefined || format === undefined) return undefined;
  const column = mapping.columns.birthday ?? 'birthday';
  const read = readDate(text, format);
  const date = read === undefined ? undefined : new Date(read.wall).toISOString().slice(0, 10);
  if (date !== undefined && date >= EARLIEST_BIRTHDAY) return date;
  leftOut.push(
    date === undefined
      ? notADate(column, format)
      : {
          code: 'unlikely-birthday',
          column,
          message: `${column}: is before 1900; leave the cell empty where nobody knows`,
        },
  );
  return undefined;
}

const invalidCell = (column: string, message: string): Fault => ({
  code: 'invalid-cell',
  column,
  message: `${column}: ${message}`,
});

const torn = (found: number, expected: number): Fault => ({
  code: 'wrong-columns',
  column: '',
  message: `the line has ${found} columns and the header ${expected}; is a text with the delimiter in it without quotes?`,
});
