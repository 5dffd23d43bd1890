import * as z from 'zod';
import { Channel, Label } from '../events/receipt.ts';
import { InvalidInput } from '../kernel/errors.ts';
import { shiftedDecimal } from './decimal.ts';
import { instantsIn } from './local-time.ts';
import type { Mapping } from './mapping.ts';
import { remember } from './remember.ts';
import { readTime } from './time-format.ts';

type Field = keyof Mapping['columns'];
type Fields = readonly string[];

/** What a cell of text must be, so that the event made of it is taken at the door. */
const texts = {
  // Shorter than a label may be: a receipt that holds several kinds of lines has '~return' put behind it.
  receipt: Label.max(57),
  sku: Label,
  store: Label,
  terminal: Label,
  channel: Channel,
  category: Label,
  note: z.string().transform((note) => note.slice(0, 200)),
  member: z.string(),
  card: z.string(),
  phone: z.string(),
  email: z.string(),
  wechat: z.string(),
  device: z.string(),
  saleReceipt: Label,
  saleStore: Label,
  saleTerminal: Label,
} as const satisfies Partial<Record<Field, z.ZodType>>;

export type TextField = keyof typeof texts;

/** Reads single cells of a line, each by the rules of its field; throws InvalidInput where one breaks them. */
export interface ColumnReader {
  /** Undefined where the mapping names no such column or the cell is empty. */
  text<F extends TextField>(field: F): (fields: Fields) => z.output<(typeof texts)[F]> | undefined;
  /** A decimal number times ten to the power of `places`; an empty cell is 0 where `optional`. */
  number(
    field: 'quantity' | 'unitPrice' | 'discount',
    places: number,
    optional?: 'optional',
  ): (fields: Fields) => number;
  /** The instant, ISO 8601 in UTC. */
  instant(field: 'occurredAt'): (fields: Fields) => string;
}

/** Throws InvalidInput `missing-column` or `doubled-column` where the mapping does not fit the header. */
export function columnReader(header: readonly string[], mapping: Mapping): ColumnReader {
  const cells = cellsOf(header, mapping);
  const described = (field: Field): string => `${field} (column ${mapping.columns[field]?.column})`;
  return {
    text(field) {
      const cell = cells(field);
      const schema: z.ZodType = texts[field];
      const checked = remember((text) => {
        const read = schema.safeParse(text);
        if (read.success) return read.data as z.output<(typeof texts)[typeof field]>;
        throw fault('invalid-text', field, described(field), text, read.error.issues[0]?.message);
      });
      return (fields) => {
        const text = cell(fields);
        return text === '' ? undefined : checked(text);
      };
    },

    number(field, places, optional) {
      const cell = cells(field);
      const read = remember((text) => {
        const value = shiftedDecimal(text, places, mapping.decimalMark);
        if (typeof value === 'number') return value;
        throw fault(value, field, described(field), text, decimalAdvice(value, places, mapping));
      });
      return (fields) => {
        const text = cell(fields);
        return text === '' && optional === 'optional' ? 0 : read(text);
      };
    },

    instant(field) {
      const cell = cells(field);
      const { format, zone } = mapping.time;
      const instantOf = instantsIn(zone);
      const read = remember((text) => {
        const time = readTime(text, format);
        if (time === undefined)
          throw fault('not-a-time', field, described(field), text, `is no time as ${format}`);
        return new Date(
          time.offset === undefined ? instantOf(time.wall) : time.wall - time.offset,
        ).toISOString();
      });
      return (fields) => read(cell(fields));
    },
  };
}

const decimalAdvice = (
  value: 'not-a-number' | 'too-many-decimals',
  places: number,
  { decimalMark }: Mapping,
): string =>
  value === 'not-a-number'
    ? `is no number such as 1250${decimalMark}75, without separators of thousands`
    : `has more than ${places + 4} decimals`;

/** Where `text` may be shown it is, cut to what a line of a report bears. */
function fault(
  code: string,
  field: Field,
  described: string,
  text: string,
  advice = 'cannot be read',
): InvalidInput {
  return new InvalidInput(code, field, `${described}: '${text.slice(0, 40)}' ${advice}`);
}

/** Finds the column of each field once, and gives its cells trimmed and cleaned. */
function cellsOf(
  header: readonly string[],
  { columns }: Mapping,
): (field: Field) => (fields: Fields) => string {
  const wanted = Object.entries(columns).filter(([, named]) => named !== undefined);
  for (const [field, named] of wanted) {
    const found = header.filter((name) => name === named?.column).length;
    const has = `the file has ${header.map((name) => `'${name}'`).join(', ')}`;
    if (found === 0)
      throw new InvalidInput(
        'missing-column',
        `columns.${field}`,
        `columns.${field}: the file has no column '${named?.column}'; ${has}`,
      );
    if (found > 1)
      throw new InvalidInput(
        'doubled-column',
        `columns.${field}`,
        `columns.${field}: more than one column is named '${named?.column}'; ${has}`,
      );
  }
  return (field) => {
    const named = columns[field];
    if (named === undefined) return () => '';
    const place = header.indexOf(named.column);
    const whole = 'clean' in named;
    return (fields) => {
      const text = fields[place]?.trim() ?? '';
      return whole ? text.replace(/\.0+$/, '') : text;
    };
  };
}
