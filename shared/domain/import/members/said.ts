import type { ContactChannel } from '../../events/consent-changed.ts';
import type { IdentifierKind } from '../../kernel/ids.ts';

/** What one line of a file says of one person, whatever the file's shape. */
export interface Said {
  readonly line: number;
  /** Names what the line is about, where that is not the person: one of their addresses. */
  readonly about?: string;
  readonly ids: { readonly [K in IdentifierKind]?: string };
  /** As `member.updated` takes it. */
  readonly details: Readonly<Record<string, unknown>>;
  /** ISO 8601. */
  readonly enrolledAt?: string;
  /** When it was said; left out, when the file was written. */
  readonly saidAt?: string;
  readonly consents: readonly SaidConsent[];
  /** What the line had beside it and cannot be taken. */
  readonly leftOut: readonly Fault[];
}

export interface SaidConsent {
  readonly channel: ContactChannel;
  readonly status: 'granted' | 'withdrawn';
  readonly at?: string;
  readonly evidence: string;
}

/** What is wrong with a cell; never with what stands in it, which may be personal. */
export interface Fault {
  readonly code: string;
  /** The column, as the file names it; empty for the whole line. */
  readonly column: string;
  readonly message: string;
}

/** A line that cannot be taken. */
export interface Unread extends Fault {
  readonly line: number;
}

export type Reading =
  | ({ readonly kind: 'said' } & Said)
  | ({ readonly kind: 'unread' } & Unread)
  /** Whole and understood, and nothing for us: counted by its code. */
  | ({ readonly kind: 'passed-over' } & Unread);
