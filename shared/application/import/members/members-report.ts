import type { ContactChannel } from '../../../domain/events/consent-changed.ts';
import type { Likeness } from '../../../domain/identity/likeness.ts';
import type { RawEvent } from '../../../domain/import/raw-event.ts';

/** One thing to be told of a line: codes, columns and line numbers, nothing that stands in the file. */
export interface Finding {
  readonly line: number;
  readonly kind: 'refused' | 'left-out' | 'repeated' | 'passed-over' | 'possible-duplicate';
  readonly code: string;
  readonly column: string;
  readonly message: string;
  /** The other lines that it is about. */
  readonly lines?: readonly number[];
}

/** What an import of people came to. Every line is taken, unchanged, repeated, passed over or refused. */
export interface MembersReport {
  readonly dryRun: boolean;
  readonly lines: number;
  /** Lines of which something was new; in a dry run, would be. */
  readonly taken: number;
  /** Lines that say what was known already. */
  readonly unchanged: number;
  /** Lines that stand in the file before, word for word. */
  readonly repeated: number;
  readonly passedOver: number;
  readonly passedOverByCode: Readonly<Record<string, number>>;
  readonly refused: number;
  readonly refusedByCode: Readonly<Record<string, number>>;
  /** Cells of taken lines that could not be read, by what was wrong. */
  readonly leftOutByCode: Readonly<Record<string, number>>;
  /** Lines whose person was known before the import. */
  readonly known: number;
  /** Phone numbers and addresses that were understood. */
  readonly phones: number;
  readonly emails: number;
  readonly consents: Readonly<
    Record<ContactChannel, { readonly granted: number; readonly withdrawn: number }>
  >;
  /** Lines that allow no channel: whoever allowed none before may not be written to. */
  readonly withoutConsent: number;
  readonly events: Readonly<Record<string, number>>;
  /** Groups of lines under different member numbers. */
  readonly possibleDuplicates: Readonly<Record<Likeness, number>>;
  /** Pairs that were put before people as merge proposals. */
  readonly proposed: number;
  /** The first hundred of the refusals and possible duplicates; --report has all of everything. */
  readonly findings: readonly Finding[];
}

const FINDINGS_LISTED = 100;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A report in the making; every finding also goes to `note`. */
export function membersReporting(dryRun: boolean, note: (finding: Finding) => void) {
  const refusedByCode: Record<string, number> = {};
  const leftOutByCode: Record<string, number> = {};
  const passedOverByCode: Record<string, number> = {};
  const events: Record<string, number> = {};
  const consents = { email: { granted: 0, withdrawn: 0 }, sms: { granted: 0, withdrawn: 0 } };
  const possibleDuplicates = { 'name-and-phone': 0, email: 0, 'name-birthday-postcode': 0 };
  const findings: Finding[] = [];
  const report: Writable<MembersReport> = {
    dryRun,
    lines: 0,
    taken: 0,
    unchanged: 0,
    repeated: 0,
    passedOver: 0,
    passedOverByCode,
    refused: 0,
    refusedByCode,
    leftOutByCode,
    known: 0,
    phones: 0,
    emails: 0,
    consents,
    withoutConsent: 0,
    events,
    possibleDuplicates,
    proposed: 0,
    findings,
  };
  const count = (counts: Record<string, number>, name: string): void => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  const listed = (finding: Finding): void => {
    note(finding);
    if (findings.length < FINDINGS_LISTED) findings.push(finding);
  };

  return {
    report,
    refuse(finding: Omit<Finding, 'kind'>): void {
      report.refused += 1;
      count(refusedByCode, finding.code);
      listed({ kind: 'refused', ...finding });
    },
    passOver(finding: Omit<Finding, 'kind'>): void {
      report.passedOver += 1;
      count(passedOverByCode, finding.code);
      note({ kind: 'passed-over', ...finding });
    },
    leaveOut(finding: Omit<Finding, 'kind'>): void {
      count(leftOutByCode, finding.code);
      note({ kind: 'left-out', ...finding });
    },
    repeat(line: number, first: number): void {
      report.repeated += 1;
      const message = `the line stands in the file before, word for word: line ${first}`;
      note({ kind: 'repeated', line, code: 'repeated-line', column: '', message, lines: [first] });
    },
    resemble(likeness: Likeness, [line = 0, ...lines]: readonly number[]): void {
      possibleDuplicates[likeness] += 1;
      const message = `may be one person with line ${lines.join(', ')}: ${inWords[likeness]}, and another member number`;
      listed({ kind: 'possible-duplicate', line, code: likeness, column: '', message, lines });
    },
    took(made: readonly RawEvent[]): void {
      report.taken += 1;
      for (const { type } of made) count(events, type);
    },
    consented(channel: ContactChannel, status: 'granted' | 'withdrawn'): void {
      consents[channel][status] += 1;
    },
  };
}

export type MembersReporting = ReturnType<typeof membersReporting>;

const inWords: Readonly<Record<Likeness, string>> = {
  'name-and-phone': 'the same name and phone number',
  email: 'the same e-mail address',
  'name-birthday-postcode': 'the same name, birthday and postcode',
};
