import type { Command } from 'commander';
import { InvalidInput } from '../../shared/domain/kernel/errors.ts';
import { type DataDirectory, dataPath, isNew, type NewStage, openDataDirectory } from '../data-directory.ts';
import { type Machine, openMachine } from '../machine.ts';

interface Opened {
  readonly machine: Machine;
  readonly directory: DataDirectory;
}

const pathFor = (command: Command): string =>
  command.optsWithGlobals<{ data?: string }>().data ?? dataPath(process.env);

/** Opens the data directory for one command and closes it afterwards, whatever happens. */
export async function withMachine<T>(
  command: Command,
  work: (opened: Opened) => Promise<T>,
  stage?: NewStage,
): Promise<T> {
  const path = pathFor(command);
  if (stage === undefined && isNew(path)) {
    throw new InvalidInput(
      'no-data',
      'data',
      `There is no data in ${path} yet; import receipts, start the host, or name another directory with --data`,
    );
  }
  const directory = openDataDirectory(path, stage);
  const machine = openMachine(directory, { durable: true });
  try {
    return await work({ machine, directory });
  } finally {
    machine.close();
  }
}

export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

export const printJson = (value: unknown): void => print(JSON.stringify(value));
