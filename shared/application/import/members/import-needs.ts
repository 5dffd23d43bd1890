import type { StageSettings } from '../../../contracts/stage.ts';
import type { Reading } from '../../../domain/import/members/said.ts';
import type { RawEvent } from '../../../domain/import/raw-event.ts';
import type { IdentifierKind, ProfileId } from '../../../domain/kernel/ids.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Keyring } from '../../../ports/keyring.ts';
import type { Sightings } from '../../../ports/sightings.ts';
import type { Table } from '../../../ports/table.ts';
import type { Answer } from '../import-report.ts';
import type { Finding } from './members-report.ts';

export interface ImportDeps {
  readonly table: Table;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly stage: StageSettings;
  readonly sightings: Sightings;
  /** Takes events as the endpoint does, quietly, and answers each in its place. */
  readonly take: (events: readonly RawEvent[]) => Promise<readonly Answer[]>;
  /** Puts two members that look like one person before people; true where that is new. */
  readonly propose: (pair: readonly [ProfileId, ProfileId], lines: readonly number[]) => Promise<boolean>;
}

export interface ImportOptions {
  /** Opens the file from its beginning; it is read twice. */
  readonly open: () => AsyncIterable<Reading>;
  /** When the file was written, ISO 8601: what has no time of its own was so then. */
  readonly writtenAt: string;
  readonly dryRun: boolean;
  /** The columns that say who and when, as the file names them. */
  readonly columns?: { readonly [K in IdentifierKind | 'enrolledAt' | 'updatedAt']?: string | undefined };
  readonly note?: (finding: Finding) => void;
  readonly onProgress?: (pass: 1 | 2, lines: number) => void;
}

/** Lines that are worked on together. */
export const BATCH_LINES = 250;

/** The list of sightings that holds what each line is about. */
export const ABOUT = 'about';
