import * as z from 'zod';
import { Channel, Label } from '../events/receipt.ts';
import { complaints } from '../kernel/complaint.ts';
import { currencyFault } from '../kernel/currency.ts';
import { InvalidInput } from '../kernel/errors.ts';
import { isZone } from '../kernel/zone.ts';
import { timeFormats } from './time-format.ts';

/** 'whole-number' undoes what spreadsheets do to numbers of members: '17850.0' → '17850'. */
const Cleaning = z.enum(['whole-number']);

const Column = z
  .union([z.string().min(1), z.strictObject({ column: z.string().min(1), clean: Cleaning })], {
    error: ({ input }) =>
      input === undefined
        ? 'is missing; write the name that the column has in the file'
        : `is neither the name of a column nor {"column": name, "clean": "${Cleaning.options.join('" or "')}"}`,
  })
  .transform((column) => (typeof column === 'string' ? { column } : column));

/** Which column holds what. An empty cell counts as absent. */
const Columns = z.strictObject({
  receipt: Column,
  sku: Column,
  quantity: Column,
  /** Major units, with tax: 19.99. */
  unitPrice: Column,
  occurredAt: Column,
  store: Column.optional(),
  terminal: Column.optional(),
  channel: Column.optional(),
  category: Column.optional(),
  /** Taken off the whole line, major units. */
  discount: Column.optional(),
  /** Kept with adjustments only, where it says why. */
  note: Column.optional(),
  member: Column.optional(),
  card: Column.optional(),
  phone: Column.optional(),
  email: Column.optional(),
  wechat: Column.optional(),
  device: Column.optional(),
  /** The receipt that returned goods were sold on; its store and terminal, where they are not the return's own. */
  saleReceipt: Column.optional(),
  saleStore: Column.optional(),
  saleTerminal: Column.optional(),
});

/** Counts where the column is absent or its cell empty. */
const Constants = z.strictObject({
  store: Label.optional(),
  terminal: Label.optional(),
  channel: Channel.optional(),
  /** ISO 4217. Named here, a file in another currency than the stage's is refused instead of misread. */
  currency: z
    .string()
    .refine((code) => currencyFault(code) === undefined, {
      error: ({ input }) => currencyFault(String(input)),
    })
    .optional(),
});

/** What a line is. Everything that no rule claims is a sale. */
const Rules = z.strictObject({
  /** Receipts that take goods back. Their quantities are written below 0, or above it like those of sales. */
  returns: z
    .strictObject({
      receiptPrefix: z.string().min(1),
      quantities: z.enum(['negative', 'positive']).default('negative'),
    })
    .optional(),
  /** Receipts that set the books right: a bad debt. */
  books: z.strictObject({ receiptPrefix: z.string().min(1) }).optional(),
  /** What a quantity below 0 on any other receipt is: goods written off, or goods a customer brought back. */
  negativeQuantity: z.enum(['stock', 'return']).default('stock'),
});

const MappingFile = z
  .strictObject({
    file: z
      .strictObject({
        delimiter: z.string().length(1).default(','),
        encoding: z.enum(['utf-8', 'latin1', 'utf-16le']).default('utf-8'),
      })
      .prefault({}),
    columns: Columns,
    constants: Constants.default({}),
    decimalMark: z.enum(['.', ',']).default('.'),
    time: z.strictObject({
      format: z.enum(timeFormats),
      /** Where the clocks that wrote the times hang. */
      zone: z.string().refine(isZone, 'is no IANA time zone, such as Europe/Amsterdam'),
    }),
    rules: Rules.prefault({}),
  })
  .refine(({ columns, constants }) => columns.store !== undefined || constants.store !== undefined, {
    path: ['constants', 'store'],
    error: 'is missing; name the store here, or its column under columns.store',
  });

/** How the columns of a file become receipts. */
export type Mapping = z.output<typeof MappingFile> & {
  /** Decimals of the currency that prices are written in: 2 for GBP, 0 for JPY. */
  readonly currencyDigits: number;
};

/**
 * Reads a mapping from parsed JSON. Throws InvalidInput `invalid-mapping`, whose message lists everything
 * that is wrong with it.
 */
export function readMapping(raw: unknown, { currencyDigits }: { readonly currencyDigits: number }): Mapping {
  const read = MappingFile.safeParse(raw);
  if (read.success) return { ...read.data, currencyDigits };
  throw new InvalidInput(
    'invalid-mapping',
    read.error.issues[0]?.path.join('.') ?? '',
    complaints(read.error, 'the mapping').join('; '),
  );
}
