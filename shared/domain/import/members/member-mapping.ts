import * as z from 'zod';
import { ContactChannel } from '../../events/consent-changed.ts';
import { complaints } from '../../kernel/complaint.ts';
import { IsoDate } from '../../kernel/day.ts';
import { InvalidInput } from '../../kernel/errors.ts';
import type { IdentifierKind } from '../../kernel/ids.ts';
import { isZone } from '../../kernel/zone.ts';
import { dateFormats } from './date-format.ts';

const Column = z.string({ error: 'takes the name that the column has in the file' }).trim().min(1);

/** Columns that say who somebody is. */
export const identifyingColumns = [
  'member',
  'card',
  'phone',
  'email',
  'wechat',
] as const satisfies readonly IdentifierKind[];

/** What a column may hold. An empty cell counts as absent. */
const Columns = z
  .strictObject({
    member: Column.optional(),
    card: Column.optional(),
    phone: Column.optional(),
    email: Column.optional(),
    wechat: Column.optional(),
    /** The whole name in one column, or first and last name in two. */
    name: Column.optional(),
    firstName: Column.optional(),
    lastName: Column.optional(),
    birthday: Column.optional(),
    street: Column.optional(),
    houseNumber: Column.optional(),
    postcode: Column.optional(),
    city: Column.optional(),
    region: Column.optional(),
    country: Column.optional(),
    language: Column.optional(),
    homeStore: Column.optional(),
    enrolledAt: Column.optional(),
    /** When the line was last changed where the file comes from. */
    updatedAt: Column.optional(),
  })
  .refine((columns) => identifyingColumns.some((column) => columns[column] !== undefined), {
    error: `name at least one column that says who it is: ${identifyingColumns.join(', ')}`,
  })
  .refine(({ name, firstName, lastName }) => name === undefined || (firstName ?? lastName) === undefined, {
    error: 'name is the whole name in one column; firstName and lastName are the other way; give one of them',
  });

export type MemberColumn = keyof z.output<typeof Columns>;
export const memberColumns = Object.keys(Columns.shape) as readonly MemberColumn[];

const Word = z.string().trim().min(1);

/** What a column says of one channel. Every other word leaves the consent unknown. */
const ConsentColumn = z.strictObject({
  channel: ContactChannel,
  column: Column,
  yes: z.array(Word).min(1),
  no: z.array(Word).min(1).optional(),
  /** The column that says when; or the day, where it is the same for all. */
  at: Column.optional(),
  since: IsoDate.optional(),
  /** What proves it: a text for all, or the column that says it. */
  evidence: z.union([z.string().trim().min(1).max(500), z.strictObject({ column: Column })], {
    error: 'is missing; write what proves it, for example "paper form, box 12", or {"column": name}',
  }),
});
export type ConsentColumn = z.output<typeof ConsentColumn>;

const DateFormat = z.enum(dateFormats);

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'gb18030'] as const;
export type Encoding = (typeof encodings)[number];

const MemberMappingFile = z.strictObject({
  /** Found out where it is left out. */
  file: z
    .strictObject({
      delimiter: z.string().length(1).optional(),
      encoding: z.enum(encodings).optional(),
    })
    .prefault({}),
  columns: Columns,
  /** How dates are written; each of these columns needs one. */
  formats: z
    .strictObject({
      birthday: DateFormat.optional(),
      enrolledAt: DateFormat.optional(),
      updatedAt: DateFormat.optional(),
      consents: DateFormat.optional(),
    })
    .prefault({}),
  /** Where the clocks hang that wrote the times; left out, those of the stage. */
  zone: z.string().refine(isZone, 'is no IANA time zone, such as Europe/Amsterdam').optional(),
  consents: z.array(ConsentColumn).max(10).default([]),
  /** Columns that are known and not wanted, so that nobody is told of them. */
  leaveOut: z.array(Column).default([]),
});

/** How the columns of a file become members. */
export type MemberMapping = z.output<typeof MemberMappingFile>;
export type MemberMappingInput = z.input<typeof MemberMappingFile>;

const dated = ['birthday', 'enrolledAt', 'updatedAt'] as const;

/** Reads a mapping from parsed JSON. Throws InvalidInput `invalid-mapping`, whose message lists what is wrong with it. */
export function readMemberMapping(raw: unknown): MemberMapping {
  const read = MemberMappingFile.safeParse(raw);
  const faults = read.success ? formatsMissing(read.data) : complaints(read.error, 'the mapping');
  if (read.success && faults.length === 0) return read.data;
  throw new InvalidInput('invalid-mapping', '', faults.join('; '));
}

function formatsMissing({ columns, formats, consents }: MemberMapping): string[] {
  const wanted = [
    ...dated.filter((column) => columns[column] !== undefined),
    ...(consents.some(({ at }) => at !== undefined) ? (['consents'] as const) : []),
  ];
  return wanted
    .filter((name) => formats[name] === undefined)
    .map((name) => `formats.${name}: is missing; say how its dates are written: ${dateFormats.join(', ')}`);
}
