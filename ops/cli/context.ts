import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import {
  type DataDirectory,
  dataPath,
  isNew,
  type NewStage,
  openDataDirectory,
} from '../../local/data-directory.ts';
import { type Machine, openMachine } from '../../local/machine.ts';
import { checkForLife } from '../../local/settings-for-life.ts';
import { InvalidInput } from '../../shared/domain/kernel/errors.ts';
import { localSite } from '../local-site.ts';
import type { Site } from '../site.ts';

interface Opened {
  readonly machine: Machine;
  readonly directory: DataDirectory;
}

interface Places {
  readonly data?: string;
  readonly stage?: string;
}

/** Opens the place that the command names, for this one command, and closes it afterwards, whatever happens. */
export async function withSite<T>(command: Command, work: (site: Site) => Promise<T>): Promise<T> {
  const site = await openSite(command);
  try {
    return await work(site);
  } finally {
    site.close();
  }
}

/** The one place that decides where a command works: on the stage of --stage, else on the data directory. */
async function openSite(command: Command): Promise<Site> {
  const { data, stage } = command.optsWithGlobals<Places>();
  if (stage === undefined) {
    const { machine, directory } = await openData(placeOf(command));
    return localSite(machine, directory);
  }
  if (data !== undefined)
    throw new InvalidInput('two-places', 'stage', '--stage and --data name two places; give one of them');
  // Loaded only now: whoever works on a data directory needs no client of AWS.
  const { deployedSite } = await import('../deployed-site.ts');
  return deployedSite(stage);
}

export interface NewData {
  /** How a data directory is set up where there is none yet. */
  readonly stage?: NewStage | undefined;
  /** Nothing is to be kept: what is set up is gone afterwards. */
  readonly isTrial?: boolean;
}

/** For what one machine alone can do. */
export async function withMachine<T>(
  command: Command,
  work: (opened: Opened) => Promise<T>,
  { stage, isTrial = false }: NewData = {},
): Promise<T> {
  if (command.optsWithGlobals<Places>().stage !== undefined) {
    throw new InvalidInput(
      'not-on-a-stage',
      'stage',
      'This command works on a data directory alone; leave --stage out',
    );
  }
  const isGoneAfterwards = isTrial && stage !== undefined && isNew(placeOf(command));
  const place = isGoneAfterwards ? mkdtempSync(join(tmpdir(), 'clientele-trial-')) : placeOf(command);
  const opened = await openData(place, stage);
  try {
    return await work(opened);
  } finally {
    opened.machine.close();
    if (isGoneAfterwards) rmSync(place, { recursive: true });
  }
}

const placeOf = (command: Command): string => command.optsWithGlobals<Places>().data ?? dataPath(process.env);

async function openData(path: string, stage?: NewStage): Promise<Opened> {
  if (stage === undefined && isNew(path)) {
    throw new InvalidInput(
      'no-data',
      'data',
      `There is no data in ${path} yet; start the host, import receipts or, with zone in the mapping, members, name another directory with --data, or a deployed stage with --stage`,
    );
  }
  const directory = openDataDirectory(path, stage);
  const machine = openMachine(directory, { durable: true });
  try {
    await checkForLife(machine, directory);
  } catch (error) {
    machine.close();
    throw error;
  }
  return { machine, directory };
}

export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

export const printJson = (value: unknown): void => print(JSON.stringify(value));

/** For whoever waits; standard output stays the result's. */
export const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
