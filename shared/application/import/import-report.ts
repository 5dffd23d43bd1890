import type { RawEvent } from '../../domain/import/raw-event.ts';
import type { Found, FoundReceipt, Refusal } from './receipts-from.ts';

/** What ingest says to one event. */
export interface Answer {
  readonly status: 'accepted' | 'duplicate' | 'dropped' | 'rejected';
  readonly code?: string;
  readonly path?: string;
  readonly detail?: string;
}

/**
 * What an import came to. Every receipt is accepted, a duplicate or refused; one that holds several kinds of
 * lines counts under each of them.
 */
export interface ImportReport {
  /** Lines below the header. */
  readonly lines: number;
  /** Receipts that could be read, and of them those with sales, with returns, with adjustments. */
  readonly receipts: number;
  readonly sales: number;
  readonly returns: number;
  readonly adjustments: number;
  /** Sales and returns without a customer. */
  readonly strangers: number;
  /** Receipts of which something was new; in a dry run, of which something would be new. */
  readonly accepted: number;
  /** Receipts of which everything was there already. */
  readonly duplicates: number;
  /** Events sent: a long receipt has more than one. */
  readonly parts: number;
  /** The first hundred; `refusedByCode` counts them all. */
  readonly refused: readonly Refusal[];
  readonly refusedByCode: Readonly<Record<string, number>>;
}

export const REFUSALS_LISTED = 100;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A report in the making; every refusal also goes to `note`. */
export function reporting(note: (refusal: Refusal) => void = () => {}) {
  const refused: Refusal[] = [];
  const refusedByCode: Record<string, number> = {};
  const report: Writable<ImportReport> = {
    lines: 0,
    receipts: 0,
    sales: 0,
    returns: 0,
    adjustments: 0,
    strangers: 0,
    accepted: 0,
    duplicates: 0,
    parts: 0,
    refused,
    refusedByCode,
  };

  const refuse = ({ line, code, message }: Refusal): void => {
    refusedByCode[code] = (refusedByCode[code] ?? 0) + 1;
    note({ line, code, message });
    if (refused.length < REFUSALS_LISTED) refused.push({ line, code, message });
  };

  const readable = ({ events }: FoundReceipt): void => {
    const has = (type: RawEvent['type']): number => (events.some((event) => event.type === type) ? 1 : 0);
    report.receipts += 1;
    report.parts += events.length;
    report.sales += has('sale.recorded');
    report.returns += has('return.recorded');
    report.adjustments += has('adjustment.recorded');
    report.strangers += events.some(isStrangers) ? 1 : 0;
  };

  return {
    report,

    found(found: Found): void {
      report.lines += found.lines;
      if (found.kind === 'refused') refuse(found);
      else readable(found);
    },

    /** All answers to the events of one receipt. One rejected part is enough to name the receipt refused. */
    answered({ line }: FoundReceipt, answers: readonly Answer[]): void {
      const rejected = answers.find(({ status }) => status === 'rejected');
      if (rejected !== undefined) {
        const { code = 'rejected', path, detail } = rejected;
        refuse({ line, code, message: detail ?? path ?? code });
      } else if (answers.every(({ status }) => status === 'duplicate')) report.duplicates += 1;
      else report.accepted += 1;
    },
  };
}

const isStrangers = ({ type, ids }: RawEvent): boolean => type !== 'adjustment.recorded' && ids === undefined;
