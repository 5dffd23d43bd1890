import { dateFormats, formatsOf } from './date-format.ts';
import { headerWords, noWords, yesWords } from './header-words.ts';
import { type MemberColumn, type MemberMappingInput, memberColumns } from './member-mapping.ts';

/** A mapping for a person to look at; `doubts` says what to look at first. */
export interface Suggestion {
  readonly mapping: MemberMappingInput;
  readonly doubts: readonly string[];
}

/**
 * Guesses from the names of the columns, and how dates are written from the first lines. Nothing is guessed about
 * consent but its words: what proves it, only the retailer knows.
 */
export function suggestMapping(
  everyColumn: readonly string[],
  samples: readonly (readonly string[])[],
): Suggestion {
  const header = everyColumn.filter((name, _, all) => all.indexOf(name) === all.lastIndexOf(name));
  const doubled = new Set(everyColumn.filter((name) => name !== '' && !header.includes(name)));
  const columns = Object.fromEntries(
    memberColumns.flatMap((field) => {
      const column = columnFor(header, field);
      return column === undefined ? [] : [[field, column]];
    }),
  ) as Partial<Record<MemberColumn, string>>;
  // A column 'name' beside a first name holds the last one.
  if (columns.firstName !== undefined && columns.name !== undefined) {
    columns.lastName ??= columns.name;
    delete columns.name;
  }
  const doubts = [...doubled].map(
    (name) =>
      `${name}: more than one column has this name; give all but one another in the file's first line`,
  );
  const formatOf = (column: string | undefined) => {
    if (column === undefined) return undefined;
    const place = everyColumn.indexOf(column);
    const texts = samples.map((fields) => fields[place]?.trim() ?? '').filter((text) => text !== '');
    const [format, ...others] = formatsOf(texts);
    if (others.length > 0)
      doubts.push(`${column}: may be written as ${[format, ...others].join(' or as ')}; choose`);
    else if (format === undefined)
      doubts.push(`${column}: no format reads its dates; choose one of ${dateFormats.join(', ')}`);
    return format ?? dateFormats[0];
  };
  const formats = {
    birthday: formatOf(columns.birthday),
    enrolledAt: formatOf(columns.enrolledAt),
    updatedAt: formatOf(columns.updatedAt),
  };
  const consents = (
    [
      ['email', 'emailConsent'],
      ['sms', 'smsConsent'],
    ] as const
  ).flatMap(([channel, field]) => {
    const column = columnFor(header, field);
    if (column === undefined) return [];
    doubts.push(
      `${column}: may be consent for ${channel}; write its evidence, and its time under at or since`,
    );
    return [
      { channel, column, yes: yesWords, no: noWords, evidence: `column ${column} of the imported file` },
    ];
  });
  return { mapping: { columns, formats: defined(formats), consents }, doubts };
}

const defined = <T extends object>(values: T): T =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;

const columnFor = (header: readonly string[], field: keyof typeof headerWords): string | undefined =>
  header.find((name) => headerWords[field].includes(folded(name)));

/** 'Geändert am' and 'geaendert_am' are one; signs of Chinese stay. */
const folded = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]+/gu, '');
