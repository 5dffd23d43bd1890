import type { Part } from '../shared/contracts/deployed.ts';
import type { TableName } from '../shared/contracts/key.ts';
import type { NightStep } from '../shared/contracts/night.ts';
import type { StageSettings } from '../shared/contracts/stage.ts';
import type { Blob } from '../shared/ports/blob.ts';
import type { Bus } from '../shared/ports/bus.ts';
import type { Clock } from '../shared/ports/clock.ts';
import type { Digest } from '../shared/ports/digest.ts';
import type { Keyring } from '../shared/ports/keyring.ts';
import type { Table } from '../shared/ports/table.ts';

/** Where a command works: the data directory of one machine, or a deployed stage. */
export interface Site {
  readonly table: Table;
  readonly blob: Blob;
  readonly bus: Bus;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly stage: StageSettings;
  /** Only for commands that need secrets: on a stage they are fetched. */
  readonly keyring: () => Promise<Keyring>;
  readonly backlog: () => Promise<Backlog>;
  /** Works off some of what was published, where nobody may be running who does; a stage does it by itself. */
  readonly workOff: () => Promise<unknown>;
  /** Waits until it is worked off; a stage goes on after the command has ended. */
  readonly settle: () => Promise<void>;
  /** Runs the night of that date to its end. Throws `night-failed` with the step and its code. */
  readonly runNight: (asOf: string, watch: NightWatch) => Promise<void>;
  /** Sends what gave up back to work. */
  readonly redrive: (part: Part, options: RedriveOptions) => Promise<Redriven>;
  /** Makes a copy of the tables as they are now, from what a backup would be made of. */
  readonly restore: (say: (text: string) => void) => Promise<RestoredCopy>;
  readonly close: () => void;
}

/** Messages by the part that they are for; on a stage AWS answers about so many. */
export interface Backlog {
  /** Waiting or at work. */
  readonly pending: Readonly<Record<string, number>>;
  /** Gave up. */
  readonly dead: Readonly<Record<string, number>>;
}

export interface NightWatch {
  /** A note for whoever waits, such as where to look. */
  readonly say: (text: string) => void;
  readonly onStep: (step: NightStep, millis: number) => void;
}

export interface RedriveOptions {
  /** Count and tell, and leave everything where it is. */
  readonly dryRun: boolean;
}

export interface Redriven {
  /** What gave up and was found. */
  readonly letters: number;
  /** Went back to work, or would go. */
  readonly sent: number;
  /** Stayed, since sending it back failed. */
  readonly failed: number;
  /** Why it had given up, as far as it is known: how many for which code. */
  readonly reasons: Readonly<Record<string, number>>;
  /** What else is to be known, in sentences. */
  readonly notes: readonly string[];
}

export interface RestoredCopy {
  readonly table: Table;
  /** Where each table of the copy lies. */
  readonly places: Readonly<Record<TableName, string>>;
  /** The copy holds what stood until then, ISO 8601. */
  readonly asOf: string;
  /** What a real recovery needs beside the tables. */
  readonly beside: readonly string[];
  /** Removes it, unless somebody wants to look at it. */
  readonly close: (options: { readonly keep: boolean }) => Promise<void>;
}
