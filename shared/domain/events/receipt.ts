import * as z from 'zod';
import { fitsDecimals, lineAmount } from '../kernel/money.ts';

/** Ten thousand million major units: far beyond a till, far below where sums would lose a cent. */
export const MOST_MINOR = 1_000_000_000_000;

/**
 * Text that may stand in a key: no control characters, no halves of surrogate pairs, and not what stands for bytes that
 * were no UTF-8, since two names in another encoding would be one.
 */
const PRINTABLE = /^[^\p{Cc}\p{Cs}\ufffd]*$/u;

export const NOT_PRINTABLE = 'takes printable text, in UTF-8';

/** As a function: few readers of JSON Schema know patterns with classes of Unicode. */
export const isPrintable = (text: string): boolean => PRINTABLE.test(text);

/** A name given by a till or shop, such as a category; amounts are summed up under it. */
export const Label = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .refine((name) => name !== '__proto__', 'cannot be a name here; use another');

/** A name that becomes part of keys. */
export const KeyLabel = Label.refine(isPrintable, NOT_PRINTABLE);

export const Quantity = z
  .number()
  .positive('must be above 0; goods that come back are sent as return.recorded')
  .max(1_000_000)
  .refine(fitsDecimals, 'takes at most 4 decimals');

export const UnitPrice = z
  .number()
  .nonnegative('must not be negative, in minor units: 1999 for 19.99')
  .max(MOST_MINOR, 'is beyond 10^12 minor units; amounts are whole cents, not floating point')
  .refine(fitsDecimals, 'takes at most 4 decimals of a minor unit');

export const Amount = z
  .int('must be a whole number of minor units: 1999 for 19.99')
  .min(0, 'must not be negative')
  .max(MOST_MINOR, 'is beyond 10^12 minor units');

interface Priced {
  readonly quantity: number;
  readonly unitPrice: number;
  readonly discount: number;
}

/** Each factor has its own bound; their product must stay a number that sums keep exactly. */
export const isPayable = ({ quantity, unitPrice }: Pick<Priced, 'quantity' | 'unitPrice'>): boolean =>
  Math.abs(quantity * unitPrice) <= MOST_MINOR;

/** What was paid for a line, in minor units. */
export const paidFor = ({ quantity, unitPrice, discount }: Priced): number =>
  lineAmount(quantity, unitPrice) - discount;

/** Nobody pays parts of a cent for one piece: 19.99 is a price in whole units of money, a hundred times too small here. */
const isMinor = ({ quantity, unitPrice }: Pick<Priced, 'quantity' | 'unitPrice'>): boolean =>
  quantity !== 1 || Number.isInteger(unitPrice);

/** One line of a receipt. Amounts are minor units with tax, as the customer paid it. */
export const Line = z
  .looseObject({
    sku: Label,
    quantity: Quantity,
    unitPrice: UnitPrice,
    /** Taken off the whole line. */
    discount: Amount.default(0),
    category: Label.optional(),
    /** Tells lines of one sku apart: a return may name the line of the sale that it undoes. */
    line: z.union([Label, z.int()]).optional(),
  })
  .refine(isMinor, {
    path: ['unitPrice'],
    error: 'must be a whole number of minor units for one piece: 1999 for 19.99',
  })
  .refine((line) => paidFor(line) >= 0, { path: ['discount'], error: 'is more than the line costs' })
  .refine(isPayable, {
    path: ['quantity'],
    error: 'times unitPrice is beyond 10^12 minor units; is one of them in the wrong unit?',
  });
export type Line = z.infer<typeof Line>;

/** An event holds 32 KB, so a longer receipt travels in parts. */
export const Lines = z
  .array(Line)
  .min(1)
  .max(1_000, 'send a longer receipt in parts: the same receipt number with part 1, 2, 3');

export const Channel = z.enum(['store', 'web', 'app']);

/** The till's own count over everything it writes, one more each time; what is missing in it is asked for. */
export const Sequence = z
  .int('must be a whole number')
  .min(1, 'counts from 1')
  .max(1_000_000_000_000, 'is beyond 10^12');

/** Where a receipt was written. Store, terminal and receipt number name it for good. */
export const ReceiptHead = z.looseObject({
  store: KeyLabel,
  terminal: KeyLabel.default('1'),
  receipt: KeyLabel,
  /** A receipt too long for one event: the parts carry the same number, the first counts as the order. */
  part: z.int().min(1).max(1_000).default(1),
  channel: Channel.default('store'),
  /** ISO 4217. Left out, the stage's own; another one is refused. */
  currency: z.string().length(3).optional(),
  sequence: Sequence.optional(),
});
export type ReceiptHead = z.infer<typeof ReceiptHead>;

/** What it was paid with. */
export const Tender = z
  .array(z.looseObject({ kind: Label, amount: Amount }))
  .max(20)
  .optional();

/** Names the sale that goods were sold on, by the receipt that the customer had. */
export const SaleName = z.looseObject({
  store: KeyLabel,
  terminal: KeyLabel.default('1'),
  receipt: KeyLabel,
});

/** Goods taken or given back in an exchange: goods and money count, but nobody came to buy once more. */
export const ofExchange = z.literal(true).optional();

/** Escapes no more than it must: a sort key of DynamoDB holds 1,024 bytes. */
export const keyOf = (...pieces: readonly (string | number)[]): string =>
  pieces.map((piece) => String(piece).replaceAll(/[%/]/g, encodeURIComponent)).join('/');

export const receiptKey = ({
  store,
  terminal,
  receipt,
  part,
}: Pick<ReceiptHead, 'store' | 'terminal' | 'receipt' | 'part'>): string =>
  keyOf('receipt', store, terminal, receipt, part);
