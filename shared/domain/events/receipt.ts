import * as z from 'zod';
import { fitsDecimals, lineAmount } from '../kernel/money.ts';

/** Ten thousand million major units: far beyond a till, far below where sums would lose a cent. */
const MOST_MINOR = 1_000_000_000_000;

/** A name given by a till or shop; it becomes part of keys. */
export const Label = z.string().trim().min(1).max(64);

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

export const Amount = z.int('must be a whole number of minor units: 1999 for 19.99').min(0).max(MOST_MINOR);

interface Priced {
  readonly quantity: number;
  readonly unitPrice: number;
  readonly discount: number;
}

/** What was paid for a line, in minor units. */
export const paidFor = ({ quantity, unitPrice, discount }: Priced): number =>
  lineAmount(quantity, unitPrice) - discount;

/** One line of a receipt. Amounts are minor units with tax, as the customer paid it. */
export const Line = z
  .looseObject({
    sku: Label,
    quantity: Quantity,
    unitPrice: UnitPrice,
    /** Taken off the whole line. */
    discount: Amount.default(0),
    category: Label.optional(),
  })
  .refine((line) => paidFor(line) >= 0, { path: ['discount'], error: 'is more than the line costs' });
export type Line = z.infer<typeof Line>;

/** An event holds 32 KB, so a longer receipt travels in parts. */
export const Lines = z
  .array(Line)
  .min(1)
  .max(1_000, 'send a longer receipt in parts: the same receipt number with part 1, 2, 3');


export const Channel = z.enum(['store', 'web', 'app']);

/** Where a receipt was written. Store, terminal and receipt number name it for good. */
export const ReceiptHead = z.looseObject({
  store: Label,
  terminal: Label.default('1'),
  receipt: Label,
  /** A receipt too long for one event: the parts carry the same number, the first counts as the order. */
  part: z.int().min(1).max(1_000).default(1),
  channel: Channel.default('store'),
  /** ISO 4217. Left out, the stage's own; another one is refused. */
  currency: z.string().length(3).optional(),
});
export type ReceiptHead = z.infer<typeof ReceiptHead>;


export const receiptKey = ({ store, terminal, receipt, part }: ReceiptHead): string =>
  ['receipt', store, terminal, receipt, part].map((piece) => encodeURIComponent(piece)).join('/');
